//! What the mutations begin with: inputs as they should be, and strings that broke others.

use std::path::Path;

const LINKS: [&str; 24] = [
    "31.2304, 121.4737",
    "31°13'49.44\"N 121°28'25.32\"E",
    "北纬31度13分49秒 东经121度28分25秒",
    "N31.2304 E121.4737",
    "8Q336FJF+5F",
    "6FJF+5F Shanghai",
    "geo:31.2304,121.4737;crs=wgs84;u=10?q=31.2,121.4(Gate)",
    "https://www.google.com/maps/place/East+Gate/@31.5,121.9,17z/data=!3m1!4b1!4m6!3m5!1s0x35:0x8f!8m2!3d31.2304!4d121.4737!16s",
    "https://maps.google.com/maps?q=loc:31.2304,121.4737(East+Gate)&z=16",
    "https://maps.google.com/?q=31%C2%B013%2749.44%22N+121%C2%B028%2725.32%22E",
    "https://maps.app.goo.gl/AbCdEf",
    "https://maps.apple.com/?ll=31.2304,121.4737&q=%E5%B8%82%E5%9C%BA",
    "https://www.petalmaps.com/place/?z=16&marker=31.2304,121.4737&placeId=65",
    "https://www.openstreetmap.org/?mlat=31.2304&mlon=121.4737#map=12/31.9/121.9",
    "https://osm.org/#map=17/31.2304/121.4737&layers=C",
    "https://www.bing.com/maps/default.aspx?cp=31.9%7E121.9&sp=point.31.2304_121.4737_East%20Gate",
    "https://uri.amap.com/marker?position=121.4737,31.2304&name=菜市场（东门）",
    "https://wb.amap.com/?p=B00156NZVG%2C31.2304%2C121.4737%2C%E4%B8%9C%E9%97%A8%2C12",
    "https://surl.amap.com/abc",
    "https://apis.map.qq.com/uri/v1/marker?marker=coord:31.2304,121.4737;title:东门;addr:12&referer=x",
    "https://map.qq.com/?type=marker&pointx=121.4737&pointy=31.2304&name=x",
    "http://api.map.baidu.com/marker?location=31.2304,121.4737&coord_type=gcj02&title=x",
    "http://api.map.baidu.com/direction?destination=name:x|latlng:31.2304,121.4737",
    "我在人民公园 https://uri.amap.com/marker?position=121.4737,31.2304，快来",
];

const SENTENCES: [&str; 12] = [
    "There is smoke on the third floor, two people are trapped",
    "三楼冒烟，有两个人被困，快来",
    "Call Anna: 138 1234 5678 or +86-21-6123 4567, anna@example.org",
    "身份证 11010519491231002X，车牌 沪A·12345",
    "卡号 6222 0212 3456 7890 123",
    "no fire, nobody is hurt",
    "没有着火，没人受伤",
    "HELP HELP HELP",
    "It smells of gas — since 14:30",
    "01936b7e-5c00-7abc-8def-0123456789ab",
    "İstanbul ß ﬁre e\u{301}",
    "１１９ １３８１２３４５６７８",
];

const REPORT: &str = "key\u{1f}01936b7e-5c00-7abc-8def-0123456789ab\u{1e}category\u{1f}12P00\u{1e}danger\u{1f}\u{1e}position\u{1f}31.2304, 121.4737\u{1e}accuracy\u{1f}12.5\u{1e}address\u{1f}3 Mill Lane\u{1e}people\u{1f}３\u{1e}what\u{1f}No water\u{1e}contact\u{1f}anna@example.org\u{1e}answers.supply\u{1f}power\u{1e}answers.wire-down\u{1f}yes\u{1e}answers.since\u{1f}2026-03-01T14:30";

const FORMS: [&str; 6] = [
    "key\u{1f}01936b7e-5c00-7abc-8def-0123456789ab\u{1e}act\u{1f}rate\u{1e}rating\u{1f}solved\u{1e}note\u{1f}Thank you",
    "key\u{1f}01936b7e-5c00-7abc-8def-0123456789ab\u{1e}seen\u{1f}3\u{1e}act\u{1f}change\u{1e}to\u{1f}refused\u{1e}template\u{1f}refused-elsewhere\u{1e}ground\u{1f}no-power\u{1e}told\u{1f}x",
    "key\u{1f}01936b7e-5c00-7abc-8def-0123456789ab\u{1e}seen\u{1f}3\u{1e}part\u{1f}what\u{1e}act\u{1f}hide\u{1e}instead\u{1f}█\u{1e}reason\u{1f}private\u{1e}told\u{1f}x",
    "key\u{1f}01936b7e-5c00-7abc-8def-0123456789ab\u{1e}seen\u{1f}1\u{1e}told\u{1f}x\u{1e}duplicate\u{1f}0000-000-000\u{1e}reports\u{1f}01936b7e-5c00-7abc-8def-0123456789ab",
    "key\u{1f}01936b7e-5c00-7abc-8def-0123456789ab\u{1e}act\u{1f}chosen\u{1e}reports\u{1f}01936b7e-5c00-7abc-8def-0123456789ab",
    "key\u{1f}01936b7e-5c00-7abc-8def-0123456789ab\u{1e}seen\u{1f}1\u{1e}act\u{1f}offer\u{1e}department\u{1f}fire\u{1e}inner\u{1f}x",
];

const CALENDAR: &str = r#"{"week": {"monday": ["09:00-12:00", "14:00-18:00"], "sunday": ["00:00-24:00"]},
    "holidays": ["2026-02-17"], "extra": {"2026-02-14": ["09:00-12:00"]}}"#;

const ROUTING: &str = r#"{"rules": [{"code": "night", "department": "utilities", "when": {"categories": ["12P"], "areas": ["river"],
    "answers": {"supply": ["gas"]}, "hours": [{"days": ["saturday", "sunday"], "from": "20:00", "to": "06:00"}]}}],
    "areas": [{"code": "river", "rings": [[[121.4, 31.2], [121.5, 31.2], [121.5, 31.3], [121.4, 31.2]]]}]}"#;

const GAZETTEER: &str = "name,other_names,latitude,longitude,kind\n\"人民公园, 东门\",People's Park|Renmin Gongyuan,31.2330,121.4710,landmark\n\
    3 Mill Lane,,31.2304,121.4737,address\n\nrenmin";

const CALLS: &str = "lat,lng,desc,zip,title,timeStamp,twp,addr,e\n\
    40.2978759,-75.5812935,REINDEER CT & DEAD END;  NEW HANOVER; Station 332; 2015-12-10 @ 17:10:52;,19525,EMS: BACK PAINS/INJURY,2015-12-10 17:10:52,NEW HANOVER,REINDEER CT & DEAD END,1\n\
    40.2580614,-75.2646799,\"A \"\"quoted\"\" one\",,Fire: GAS-ODOR/LEAK,2015-12-10T17:29:21+08:00,,BRIAR PATH,1\n";

/// How many bytes a picture of the corpus has at most.
const SMALL: u64 = 8 << 10;

fn owned(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The big list of naughty strings, where it stands beside the project.
fn naughty() -> Vec<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/payloads/blns/blns.json");
    let strings: Vec<String> =
        std::fs::read(file).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    strings.into_iter().map(String::into_bytes).collect()
}

pub fn places() -> Vec<Vec<u8>> {
    [owned(&LINKS), naughty()].concat()
}

pub fn words() -> Vec<Vec<u8>> {
    [owned(&SENTENCES), naughty()].concat()
}

pub fn reports() -> Vec<Vec<u8>> {
    let with = |text: &[u8]| [REPORT.as_bytes(), "\u{1e}what\u{1f}".as_bytes(), text].concat();
    let mut reports = vec![REPORT.as_bytes().to_vec()];
    reports.extend(LINKS.iter().map(|link| REPORT.replace("31.2304, 121.4737", link).into_bytes()));
    reports.extend(words().iter().map(|text| with(text)));
    reports
}

pub fn answers() -> Vec<Vec<u8>> {
    let mut all = String::new();
    for question in model::question::every() {
        let choice = question.kind.choices().first().map_or("2026-03-01T14:30", |choice| choice.code);
        all.push_str(&format!("{}\u{1f}{choice}\u{1e}", question.code));
    }
    vec![
        all.into_bytes(),
        "supply\u{1f}power\u{1e}wire-down\u{1f}yes\u{1e}floor\u{1f}-3\u{1e}since\u{1f}2026-03-01T14:30".into(),
    ]
}

pub fn forms() -> Vec<Vec<u8>> {
    owned(&FORMS)
}

pub fn calendars() -> Vec<Vec<u8>> {
    owned(&[CALENDAR, "{}"])
}

pub fn routings() -> Vec<Vec<u8>> {
    owned(&[ROUTING, "{}"])
}

pub fn gazetteers() -> Vec<Vec<u8>> {
    owned(&[GAZETTEER])
}

/// The smallest picture there is, and small ones of every kind, where they stand beside the project.
pub fn pictures() -> Vec<Vec<u8>> {
    const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\nIDATx\xdac\x60\0\0\0\x02\0\x01\xe5\x27\xde\xfc\0\0\0\0IEND\xaeB\x60\x82";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/images/pillow");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let small = files.filter(|file| file.metadata().is_ok_and(|about| about.len() < SMALL));
    let mut paths: Vec<_> = small.map(|file| file.path()).collect();
    paths.sort();
    [DOT.to_vec()].into_iter().chain(paths.iter().filter_map(|path| std::fs::read(path).ok())).collect()
}

pub fn imports() -> Vec<Vec<u8>> {
    owned(&[CALLS, "time,kind\n2026-01-01,12G00\n", "PK\u{3}\u{4}"])
}

/// Bodies of forms, as browsers and programs send them; `key` is a fresh one, `id` what everybody calls a report that is there.
pub fn bodies(key: &str, id: &str) -> Vec<Vec<u8>> {
    let reports = [
        format!(
            "key={key}&category=12P00&position=31.2304%2C+121.4737&address=3+Mill+Lane&people=3&what=No+water&contact=anna%40example.org&answers[supply][]=water&step=start"
        ),
        format!("key={key}&category=12G00&unknown=yes&what=%E7%9D%80%E7%81%AB%E4%BA%86&language=en"),
        format!(
            "service_code=12P00&lat=31.2304&long=121.4737&address_string=3+Mill+Lane&description=No+water&email=anna%40example.org&attribute[supply]=water&attribute[x][]=y&key={key}&api_key=fuzz"
        ),
        format!(
            "service_request_id={id}&update_id=7&status=FIXED&updated_datetime=2026-03-01T06%3A30%3A00Z&description=Dry&api_key=fuzz"
        ),
        format!("key={key}&act=answer&note=It+is+back"),
        format!("key={key}&asked=trapped,burning&answers[burning][]=home&answers[floor][]=3"),
        format!("key={key}&act=look&table=category%2Caddress%0A12P00%2C%223+Mill+Lane%22%0A12G00%2CGate%0A"),
        format!("statement=shouwang-receipt%2F1+key%3D{key}+sha256%3D00+received%3D1+AAAA"),
    ];
    reports.into_iter().map(String::into_bytes).collect()
}

/// The same in JSON.
pub fn json(key: &str) -> Vec<Vec<u8>> {
    let texts = [
        format!(
            r#"{{"key": "{key}", "category": "12P00", "danger": false, "position": {{"latitude": 31.2304, "longitude": 121.4737, "accuracy": 12.5}}, "address": "3 Mill Lane", "people": 3, "what": "No water", "contact": "x", "answers": {{"supply": ["water"]}}}}"#
        ),
        format!(r#"{{"key": "{key}", "category": "12G00", "typed": "8Q336FJF+5F", "unknown": true}}"#),
        format!(r#"{{"key": "{key}", "act": "rate", "rating": "solved", "text": "Thank you"}}"#),
    ];
    texts.into_iter().map(String::into_bytes).collect()
}

/// Addresses that read: path and query. Of a report its key, what everybody calls it, and its secret.
pub fn addresses(report: &str, id: &str, secret: &str) -> Vec<Vec<u8>> {
    let texts = [
        "/open311/v2/requests.json?service_code=12P00,12G00&status=open,closed&start_date=2026-01-01T00:00:00Z&end_date=2026-03-01T00:00:00%2B08:00&page=2&page_size=7&extensions=true".to_owned(),
        format!("/open311/v2/requests/{id}.xml?locale=en&jurisdiction_id=x"),
        "/open311/v2/servicerequestupdates.xml?start_date=2026-01-01T00:00:00Z&page=1".to_owned(),
        "/open311/v2/services/12P00.json".to_owned(),
        format!("/open311/v2/tokens/{id}.json"),
        "/api/v1/incidents?category=12P00&since=2026-01-01T00:00:00Z&until=2026-03-01T00:00:00Z&status=open&page=1&page_size=3".to_owned(),
        "/api/v1/incidents.csv?page=4294967".to_owned(),
        format!("/api/v1/reports/{secret}"),
        format!("/track/{secret}?added=1&lang=zh-CN"),
        format!("/receipt/{secret}?lang=en"),
        "/report?category=12G00&lang=en".to_owned(),
        "/open?period=day".to_owned(),
        format!("/desk/report/{report}"),
        "/desk/enter/x".to_owned(),
        "/pkg/../Cargo.toml".to_owned(),
    ];
    texts.into_iter().map(String::into_bytes).collect()
}
