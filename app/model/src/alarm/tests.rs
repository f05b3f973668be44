//! Sentences as people write them.

use proptest::prelude::*;

use super::*;
use crate::category::Service::{Ambulance, Fire, Police, Traffic};

#[track_caller]
fn expect(service: Option<Service>, sentences: &[&str]) {
    for sentence in sentences {
        assert_eq!(in_words(sentence), service, "{sentence}");
    }
}

#[test]
fn fire_gas_and_people_to_be_freed_are_for_the_fire_brigade() {
    expect(
        Some(Fire),
        &[
            "三楼着火了",
            "厨房冒烟，快来",
            "电动车充电时起火",
            "楼道里一股煤气味",
            "煤气漏了怎么办",
            "有小孩溺水",
            "有人要跳楼！",
            "我们五个人被困在电梯里",
            "后山泥石流下来了",
            "房子著火了，沒有電",
            "着 火 了",
            "The kitchen is on FIRE",
            "there’s smoke coming from the flat next door",
            "I smell gas in the hallway",
            "Two men are trapped under the wall",
            "A child is drowning in the canal",
            "we are stuck in the lift, third floor",
            "the fire alarm is ringing and nobody comes",
            "Ｆｉｒｅ！",
            "楼上fire了",
        ],
    );
}

#[test]
fn bodies_in_danger_are_for_the_ambulance() {
    expect(
        Some(Ambulance),
        &[
            "老人没有呼吸了",
            "我爸胸口疼，出冷汗",
            "他昏迷不醒",
            "孩子噎住了，脸发紫",
            "她喘不过气",
            "奶奶叫不醒",
            "He is not breathing",
            "she isn’t breathing",
            "My father has chest pain",
            "I can't breathe",
            "He took an overdose",
            "my mother had a heart-attack",
        ],
    );
}

#[test]
fn violence_and_cries_for_help_are_for_the_police() {
    expect(
        Some(Police),
        &[
            "救命！",
            "有人持刀",
            "门口有人拿着刀砍门",
            "听到开枪",
            "救救我们",
            "SOS",
            "A man with a gun at the school",
            "my neighbour is beating her again",
            "Please help me",
            "🆘",
        ],
    );
    expect(
        Some(Traffic),
        &["路口出车祸了", "老人被车撞", "there was a car crash on the bridge", "a boy was hit by a bus"],
    );
}

#[test]
fn what_is_calm_raises_no_alarm() {
    expect(
        None,
        &[
            "",
            "路灯不亮",
            "楼下有人跳广场舞，太吵",
            "我们一起火锅吧",
            "车子打不着火，停在路口",
            "消防通道被占用，存在火灾隐患",
            "屋顶落水管坏了",
            "这件事让我们被困扰很久",
            "商店打出跳楼价",
            "空中风筝线太低",
            "护栏被撞坏",
            "小区大树被砍了",
            "消防栓被打开，一直流水",
            "A gunny bag lies on the road",
            "The fire extinguisher on floor 4 is missing",
            "the fire exit is blocked by bicycles",
            "the smoke detector beeps all night",
            "He was fired",
            "Can you help me with my water bill?",
            "please mend the trapdoor",
            "She got the job by a stroke of luck",
            "bring your own glue gun",
            "The trees are dying along the avenue",
        ],
    );
}

#[test]
fn the_plainest_negation_is_believed() {
    expect(
        None,
        &[
            "没有着火",
            "目前没有发现火灾",
            "无人被困",
            "没人被困，只是停电",
            "電梯沒有困人",
            "没闻到煤气味",
            "不是爆炸",
            "no fire",
            "there is no fire",
            "nobody is trapped",
            "No one is trapped",
            "not trapped",
            "it isn’t a bomb",
            "there is no smell of gas",
            "we don't see any smoke",
        ],
    );
}

#[test]
fn in_doubt_it_alarms() {
    expect(
        Some(Fire),
        &[
            "是不是着火了",
            "有没有人被困不清楚",
            "家里没人着火了",
            "没电，着火了",
            "不知道是不是煤气味",
            "I do not think there is a fire",
            "No, fire!",
            "not only smoke",
            "no water. fire is spreading",
            "Nobody home, flames in the kitchen",
            "no fire exit, and the stairs are burning",
            "火已扑灭但还在冒烟",
        ],
    );
    expect(Some(Ambulance), &["不是没有呼吸，就是昏迷", "no help yet and he is not breathing"]);
}

#[test]
fn the_first_words_of_danger_decide() {
    expect(Some(Traffic), &["出车祸了，车着火"]);
    expect(Some(Fire), &["车着火了，是车祸"]);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in ".{0,80}") {
        let _ = in_words(&text);
    }

    #[test]
    fn words_of_danger_are_heard_in_any_company(before in "[a-z ,。路灯]{0,20}", after in "[ ,!。了啊]{0,5}") {
        prop_assert!(in_words(&[&before, "救命", &after].concat()).is_some());
        prop_assert!(in_words(&[&before, " cannot breathe ", &after].concat()).is_some());
    }
}

#[test]
fn a_text_that_no_field_takes_is_looked_at_as_far_as_a_field_goes() {
    let field = crate::form::Field::What.limit();
    let within =
        |filler: &str, length: usize| in_words(&format!("{}起火了{}", filler.repeat(length), filler.repeat(300_000)));
    for filler in [".", "𠮷"] {
        assert_eq!(within(filler, field), Some(Fire), "{filler}");
        assert_eq!(within(filler, 100_000), None, "what comes later costs nothing");
    }
}
