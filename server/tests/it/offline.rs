//! What a phone leans on that was away from the network: proofs, receipts as JSON, refusals as JSON, the worker.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use serde_json::Value;

use crate::support::client::{Answer, Client};
use crate::support::form::Form;
use crate::support::html::Page;
use crate::support::portal::Portal;

const NONCE: &str = "0123456789abcdef-_";
const JSON: [(&str, &str); 1] = [("Accept", "application/json")];

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

fn signer(client: &Client) -> VerifyingKey {
    let keys = json(&client.get("/.well-known/shouwang-keys.json"));
    assert_eq!((&keys["keys"][0]["kty"], &keys["keys"][0]["crv"]), (&"OKP".into(), &"Ed25519".into()));
    let key = BASE64URL_NOPAD.decode(keys["keys"][0]["x"].as_str().unwrap().as_bytes()).unwrap();
    VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap()
}

fn signed(key: &VerifyingKey, words: &str, signature: &str) -> bool {
    let signature = Signature::from_slice(&BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap()).unwrap();
    key.verify(words.as_bytes(), &signature).is_ok()
}

#[test]
fn whoever_asks_for_proof_gets_it_with_every_answer_and_for_no_other_words() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let key = signer(&client);
    for path in ["/", "/healthz", "/nothing/here", "/pkg/nothing.js"] {
        let answer = client.get_with(path, &[("Shouwang-Nonce", NONCE)]);
        let proof = answer.headers["shouwang-proof"].to_str().unwrap();
        assert!(signed(&key, &format!("shouwang-probe/1 {NONCE}"), proof), "{path}");
    }
    // A receipt's words, or anything else with a meaning, cannot be had in this way.
    for nonce in ["shouwang-receipt/1 key=0", "", "short", &"a".repeat(65)] {
        let answer = client.get_with("/healthz", &[("Shouwang-Nonce", nonce)]);
        assert!(answer.headers.get("shouwang-proof").is_none(), "{nonce:?}");
    }
    assert!(client.get("/healthz").headers.get("shouwang-proof").is_none());
}

#[test]
fn a_program_gets_the_signed_receipt_and_the_same_one_when_it_sends_again() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let form = Form::report().with("what", "水管爆裂");
    let answers = [0, 1].map(|_| client.try_post("/report?sent", &form, &JSON).unwrap());
    assert_eq!(answers.each_ref().map(|answer| answer.status), [201, 201]);
    assert_eq!(answers[0].body, answers[1].body);
    let receipt = json(&answers[0])["receipt"].clone();
    assert_eq!(receipt["key"], form.key());
    let (words, signature) = receipt["statement"].as_str().unwrap().rsplit_once(' ').unwrap();
    assert!(signed(&signer(&client), words, signature));
    let track = format!("/track/{}", receipt["secret"].as_str().unwrap());
    assert_eq!(client.get(&track).status, 200);
    assert_eq!(answers[0].headers["cache-control"], "no-store");
}

#[test]
fn a_program_is_refused_in_sentences_of_its_language() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let form = Form::report().with("people", "many");
    let in_english = [JSON[0], ("Accept-Language", "en")];
    let answer = client.try_post("/report?sent", &form, &in_english).unwrap();
    assert_eq!((answer.status, &json(&answer)["error"]), (422, &"invalid".into()));
    assert_eq!(json(&answer)["sentences"].as_array().unwrap().len(), 1);
    assert_eq!(answer.headers["content-language"], "en");

    let sound = form.with("people", "2");
    assert_eq!(client.try_post("/report?sent", &sound, &JSON).unwrap().status, 201);
    let other = client.try_post("/report?sent", &sound.with("what", "other words"), &JSON).unwrap();
    assert_eq!((other.status, &json(&other)["error"]), (409, &"conflict".into()));
}

#[test]
fn whoever_reads_pages_gets_a_refusal_as_the_page_and_a_success_as_a_receipt() {
    let data = tempfile::tempdir().unwrap();
    let portal = Portal::start::<&str>(data.path(), &[]);
    let client = portal.client();
    let both = [("Accept", "text/html, application/json;q=0.9")];
    let refused = client.try_post("/report?sent", &Form::report().with("people", "many"), &both).unwrap();
    assert_eq!(refused.status, 422);
    assert_eq!(Page::read(&refused.text()).field("people"), "many");
    let taken = client.try_post("/report?sent", &Form::report(), &both).unwrap();
    assert_eq!(taken.status, 201);
    assert_eq!(taken.headers["location"].to_str().unwrap(), json(&taken)["next"].as_str().unwrap());
    // The pages between are pages for everybody.
    let between = client.try_post("/report?sent", &Form::report().with("step", "start"), &both).unwrap();
    assert_eq!((between.status, Page::read(&between.text()).field("step")), (200, "details"));
}

#[test]
fn the_worker_is_asked_for_anew_each_time_and_takes_itself_away_where_it_is_not_wanted() {
    let data = tempfile::tempdir().unwrap();
    let without = Portal::start(data.path(), &["--no-offline"]);
    let answer = without.client().get("/sw.js");
    assert_eq!((answer.status, answer.headers["cache-control"].to_str().unwrap()), (200, "no-cache"));
    assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/javascript"));
    assert!(answer.text().contains("registration.unregister()"));
    assert!(!without.client().get("/").text().contains("/sw.js"));
}
