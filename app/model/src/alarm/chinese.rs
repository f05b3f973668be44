//! Words of danger in Chinese: parts of the text, for Chinese writes no spaces between words.

use super::Sense::{Calm, Cry, Event, Person};
use super::{Entries, Sense};
use crate::category::Service::{self, Ambulance, Fire, Police, Traffic};

static ENTRIES: [Entries; 16] = [
    (
        Calm,
        &[
            "打不着火",
            "点不着火",
            "一起火锅",
            "一起火车",
            "大火锅",
            "大火车",
            "火灾隐患",
            "火灾报警",
            "火灾自动",
            "火灾演练",
            "火灾演习",
            "火灾保险",
            "火灾应急预案",
            "预防火灾",
            "防止火灾",
            "避免火灾",
        ],
    ),
    // What may come of a hidden danger is not there yet.
    (
        Calm,
        &[
            "可能引起火灾",
            "可能引发火灾",
            "可能造成火灾",
            "可能导致火灾",
            "可能发生火灾",
            "容易引起火灾",
            "容易引发火灾",
            "容易造成火灾",
            "容易起火",
            "容易着火",
        ],
    ),
    (
        Calm,
        &[
            "信息爆炸",
            "爆炸性",
            "爆炸头",
            "被困扰",
            "落水管",
            "跳楼价",
            "跳楼机",
            "救命恩人",
            "救命之恩",
            "救命稻草",
            "溺水警示",
            "防溺水",
            "触电危险",
            "防触电",
            "中风险",
        ],
    ),
    (Cry(Police), &["救命", "救我", "救救", "快来救", "来人啊", "不想活", "活不下去", "要杀我", "想杀我", "🆘"]),
    (
        Cry(Ambulance),
        &[
            "没有呼吸",
            "没呼吸",
            "无呼吸",
            "不呼吸",
            "停止呼吸",
            "呼吸停",
            "不能呼吸",
            "无法呼吸",
            "喘不过气",
            "喘不上气",
            "透不过气",
            "没有意识",
            "没意识",
            "失去意识",
            "没有知觉",
            "叫不醒",
            "没有心跳",
            "没心跳",
            "心跳停",
            "没有脉搏",
            "没脉搏",
            "不省人事",
            "止不住血",
            "血止不住",
            "流血不止",
            "快不行了",
            "快要死了",
            "快死了",
        ],
    ),
    (Cry(Fire), &["出不来了", "逃不出", "跑不出去"]),
    (
        Event(Fire),
        &[
            "着火", "着了火", "起火", "失火", "火灾", "大火", "火势", "火苗", "明火", "烧起来", "烧着", "冒火", "冒烟",
            "浓烟", "爆炸", "炸了",
        ],
    ),
    (
        Event(Fire),
        &[
            "煤气味", "燃气味", "瓦斯味", "天然气味", "煤气的味", "燃气的味", "天然气的味", "闻到煤气", "闻到燃气",
            "闻到天然气", "煤气泄漏", "燃气泄漏", "天然气泄漏", "煤气泄露", "燃气泄露", "天然气泄露", "煤气漏", "燃气漏",
            "天然气漏", "漏煤气", "漏燃气", "漏天然气", "毒气", "氯气", "氨气泄",
        ],
    ),
    (
        Event(Fire),
        &[
            "泥石流", "山体滑坡", "塌方", "坍塌", "倒塌", "楼塌", "房塌", "墙塌", "桥塌", "塌了", "翻船", "沉船", "高压线断",
            "电线断",
        ],
    ),
    (
        Person(Fire),
        &[
            "溺水", "落水", "掉进水", "掉水里", "掉河里", "掉到河里", "掉进河", "掉进湖", "掉进井", "掉井里", "跳河", "跳江",
            "跳桥", "被困", "困人", "困在", "被埋", "埋在", "被压", "压在下面", "被冲走", "被卷走",
        ],
    ),
    (Person(Fire), &["跳楼", "要跳下", "轻生"]),
    (
        Person(Ambulance),
        &[
            "昏迷", "昏倒", "晕倒", "晕过去", "昏过去", "休克", "窒息", "噎住", "噎着", "卡住喉咙", "卡在喉咙", "呼吸困难",
            "胸痛", "胸口痛", "胸口疼", "胸闷", "心脏病", "心梗", "心肌梗", "中风", "脑梗", "脑溢血", "抽搐", "大出血",
            "大量出血", "大量流血", "触电", "中毒", "服毒", "喝农药", "喝了农药", "吞药", "自杀", "割腕", "上吊", "要生了",
            "羊水破", "生命危险", "重伤",
        ],
    ),
    (
        Event(Police),
        &[
            "持刀", "拿刀", "拿着刀", "动刀", "刀砍", "砍人", "捅人", "有枪", "开枪", "持枪", "拿枪", "拿着枪", "枪击", "枪声",
            "炸弹", "行凶", "杀人", "劫持", "绑架", "抢劫", "强奸", "性侵", "家暴", "打死", "踩踏",
        ],
    ),
    (Person(Police), &["被砍", "被捅", "被打", "正在打我", "在打我", "被绑", "被抢", "被挟持"]),
    (Event(Traffic), &["车祸", "撞车", "翻车", "连环追尾"]),
    (Person(Traffic), &["撞人", "撞到人", "撞了人", "被车撞", "被撞"]),
];

/// At the end of what stands before the word.
const NEGATIONS: [&str; 20] = [
    "没有",
    "没",
    "未",
    "无",
    "并未",
    "不是",
    "不会",
    "没有发生",
    "未发生",
    "没发生",
    "没有发现",
    "未发现",
    "没发现",
    "没有看到",
    "没看到",
    "没有看见",
    "没看见",
    "没有闻到",
    "没闻到",
    "未见",
];

/// The same, of people.
const NOBODY: [&str; 5] = ["没有人", "没人", "无人", "未有人", "没有任何人"];

/// Questions that end like a negation.
const QUESTIONS: [&str; 6] = ["有没有", "是不是", "会不会", "有没有发生", "有没有人", "有没有发现"];

/// The first words of danger in folded text.
pub(super) fn find(folded: &str) -> Option<Service> {
    let text: String = folded.chars().filter(|letter| !matches!(letter, ' ' | '\t' | '\u{a0}')).collect();
    let mut at = 0;
    while let Some((before, rest)) = text.split_at_checked(at) {
        let Some(letter) = rest.chars().next() else { break };
        match longest(rest) {
            Some((length, sense)) => {
                if let Some(service) = meant(sense, before) {
                    return Some(service);
                }
                at += length;
            }
            None => at += letter.len_utf8(),
        }
    }
    None
}

/// The longest entry that the text begins with, its length in bytes, and its sense.
fn longest(text: &str) -> Option<(usize, Sense)> {
    let entries = ENTRIES.iter().flat_map(|(sense, words)| words.iter().map(|word| (*word, *sense)));
    entries.filter(|(word, _)| text.starts_with(word)).map(|(word, sense)| (word.len(), sense)).max_by_key(|hit| hit.0)
}

fn meant(sense: Sense, before: &str) -> Option<Service> {
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let asked = ends(&QUESTIONS);
    let negated = !asked && ends(&NEGATIONS);
    let nobody = !asked && ends(&NOBODY);
    match sense {
        Calm => None,
        Cry(service) => Some(service),
        Event(service) => (!negated).then_some(service),
        Person(service) => (!negated && !nobody).then_some(service),
    }
}
