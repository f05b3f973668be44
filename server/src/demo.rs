//! Demonstration data: reports from Linjiang (临江), a city that does not exist, in the open sea. Every page says so.

use hub::{Hub, HubError, Secret};
use model::department::Department;
use model::report::RawReport;
use model::staff::Role;

use crate::commands::Failure;

/// What the store is asked, to know whether it holds demonstration data.
const MARK: &str = "demo";
/// The middle of Linjiang, in the North Pacific.
const MIDDLE: (f64, f64) = (30.0, 150.0);
/// Who looks after Linjiang, as its journal names them.
const OFFICER: &str = "林江（演示值班员）";
/// Reports that are made, over this many hours.
const REPORTS: u64 = 600;
const HOURS: u64 = 14 * 24;

/// A kind of incident as people in Linjiang tell of it, and how often.
struct Scene {
    category: &'static str,
    weight: u64,
    address: &'static str,
    what: &'static str,
}

const SCENES: [Scene; 12] = [
    Scene {
        category: "12H00",
        weight: 22,
        address: "望江路与磨坊路路口",
        what: "两辆电动车相撞，一人坐在路边，能说话。",
    },
    Scene { category: "13Y00", weight: 26, address: "灯塔新村 3 栋", what: "老人胸口发闷，出冷汗。" },
    Scene {
        category: "12G00", weight: 9, address: "渔市街 18 号", what: "楼道里有烟，闻到焦味，不见明火。"
    },
    Scene { category: "12P00", weight: 12, address: "堤岸小区", what: "整栋楼停水，已经两个小时。" },
    Scene { category: "20000", weight: 11, address: "船厂路东段", what: "广告牌松动，风一吹就晃。" },
    Scene { category: "11A02", weight: 8, address: "河口地下通道", what: "积水到膝盖，有车熄火。" },
    Scene { category: "14B00", weight: 5, address: "夜市南门", what: "两伙人争吵，有人拿着酒瓶。" },
    Scene {
        category: "12D00", weight: 3, address: "盐仓巷 7 号", what: "厨房闻到很重的燃气味，已经开窗。"
    },
    Scene {
        category: "12N00", weight: 4, address: "观潮大厦", what: "电梯停在七八层之间，里面三个人。"
    },
    Scene { category: "12Q00", weight: 4, address: "芦苇桥下", what: "河水发白，有刺鼻气味。" },
    Scene { category: "11B06", weight: 3, address: "海堤公园", what: "大树倒下，压住一段栏杆。" },
    Scene { category: "13B00", weight: 2, address: "学府路小吃店", what: "五个人吃完以后都在呕吐。" },
];

/// Whether the store holds demonstration data.
pub async fn is_demo(hub: &Hub) -> Result<bool, HubError> {
    Ok(hub.store().meta(MARK).await?.is_some())
}

/// Fills an empty store. One that was filled before is left alone; one with real reports is refused.
pub async fn fill(hub: &Hub) -> Result<(), Failure> {
    if is_demo(hub).await? {
        return Ok(());
    }
    if !hub.store().reports_after(None, 1).await?.is_empty() {
        return Err("--demo fills an empty store only: this one holds reports".into());
    }
    hub.store().set_meta(MARK.to_owned(), "Linjiang".to_owned()).await?;
    let end = u64::try_from(hub.now())?;
    let mut dice = Dice(0x5eed);
    let mut reports = Vec::new();
    for _ in 0..REPORTS {
        let ago = dice.below(HOURS * 3_600) * 1_000;
        let time = end.saturating_sub(ago);
        // Nights are quiet: most of what falls between one and six in the morning (UTC+10) is left out.
        if (15..20).contains(&(time / 3_600_000 % 24)) && dice.below(3) > 0 {
            continue;
        }
        reports.push((i64::try_from(time)?, scene(&mut dice, time)?));
    }
    hub.take_demo(reports).await?;
    Ok(())
}

/// A link that signs the duty officer of the demonstration in, once. Who holds demonstration data alone is asked for one.
///
/// # Errors
/// When the store holds no demonstration, or is unavailable.
pub async fn invite(hub: &Hub) -> Result<Secret, Failure> {
    if !is_demo(hub).await? {
        return Err("only a demonstration has a duty officer of its own".into());
    }
    let staff = hub.store().staff().await?;
    let known = staff.into_iter().find(|one| one.ended.is_none() && one.name == OFFICER);
    let officer = match known {
        Some(known) => known.id,
        None => hub.add_staff(OFFICER, Department::duty(), Role::DutyOfficer).await?,
    };
    Ok(hub.invite(officer).await?)
}

fn scene(dice: &mut Dice, time: u64) -> Result<RawReport, Failure> {
    let total = SCENES.iter().map(|scene| scene.weight).sum();
    let mut place = dice.below(total);
    let mut chosen = &SCENES[0];
    for scene in &SCENES {
        chosen = scene;
        if place < scene.weight {
            break;
        }
        place -= scene.weight;
    }
    // Closer to the middle more often: the sum of two dice.
    let mut offset = || f64::from(u32::try_from(dice.below(500) + dice.below(500)).unwrap_or(500)) / 10_000.0 - 0.05;
    let (latitude, longitude) = (MIDDLE.0 + offset(), MIDDLE.1 + offset());
    let mut rest = [0; 10];
    rest[..8].copy_from_slice(&dice.next().to_be_bytes());
    Ok(RawReport {
        key: model::id::Key::from_parts(time, &rest).to_string(),
        category: chosen.category.to_owned(),
        address: chosen.address.to_owned(),
        position: format!("{latitude:.5}, {longitude:.5}"),
        people: if dice.below(3) == 0 { dice.below(4).to_string() } else { String::new() },
        what: chosen.what.to_owned(),
        ..RawReport::default()
    })
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same city every time.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_is_a_report_that_would_be_taken() {
        for scene in &SCENES {
            let raw = RawReport {
                key: model::id::Key::from_parts(1, &[0; 10]).to_string(),
                category: scene.category.into(),
                address: scene.address.into(),
                what: scene.what.into(),
                ..RawReport::default()
            };
            assert!(raw.parse(None).is_ok(), "{}", scene.category);
        }
    }
}
