//! Which column of a table means what: by its heading, in either language.

use csv::StringRecord;
use model::id::Key;
use model::report::RawReport;

use super::Named;

/// What a report takes from a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Category,
    Danger,
    Position,
    Address,
    People,
    What,
    Contact,
    Name,
    Site,
    Hazard,
    Substance,
    Places,
}

/// With the headings under which it is found, in small letters.
const COLUMNS: [(Column, &[&str]); 12] = [
    (Column::Category, &["category", "kind", "type", "类别", "事件类别", "类型"]),
    (Column::Danger, &["danger", "in danger", "危险", "有人危险", "人员危险"]),
    (Column::Position, &["position", "coordinates", "plus code", "坐标", "位置", "经纬度"]),
    (Column::Address, &["address", "place", "地址", "地点"]),
    (Column::People, &["people", "persons", "人数"]),
    (Column::What, &["what", "description", "what happened", "情况", "描述", "情况说明"]),
    (Column::Contact, &["contact", "telephone", "phone", "e-mail", "email", "联系方式", "电话"]),
    (Column::Name, &["name", "contact name", "联系人", "姓名"]),
    (Column::Site, &["site", "organisation", "organization", "company", "单位", "单位名称"]),
    (Column::Hazard, &["hazard", "source of hazard", "危险源"]),
    (Column::Substance, &["substance", "equipment", "物质", "设备", "物质或设备"]),
    (Column::Places, &["places", "other places", "其他地点"]),
];

/// What says that nobody is in danger; everything else says that somebody is, since a false alarm costs less.
const NOBODY: [&str; 9] = ["", "no", "n", "false", "0", "-", "否", "无", "没有"];

impl Column {
    pub fn of_heading(heading: &str) -> Option<Self> {
        let heading = heading.trim().to_lowercase();
        COLUMNS.iter().find(|(_, headings)| headings.contains(&heading.as_str())).map(|(column, _)| *column)
    }
}

/// What stands between cells: the sign that the first line has most of. A table that is copied out of a spreadsheet has tabs.
pub fn delimiter(table: &str) -> u8 {
    let first = table.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// The form that a line fills in. Columns that mean the same fill one field together: a telephone and a mail address are both a contact,
/// and two kinds in one line are for its author to choose from.
pub fn raw(columns: &[Option<Column>], record: &StringRecord, named: &Named, key: Key) -> RawReport {
    let mut raw = RawReport { key: key.to_string(), ..RawReport::default() };
    for (column, cell) in columns.iter().zip(record) {
        let Some(column) = column.filter(|_| !cell.is_empty()) else { continue };
        let said = match column {
            Column::Danger if is_no(cell) => continue,
            Column::Danger => "yes".to_owned(),
            Column::Category => (named.category)(cell).unwrap_or(cell).to_owned(),
            Column::Hazard => (named.hazard)(cell).unwrap_or(cell).to_owned(),
            Column::Places => cell.replace([';', '；'], "\n"),
            _ => cell.to_owned(),
        };
        let between = if column == Column::Places { "\n" } else { ", " };
        let field = field(&mut raw, column);
        if field.is_empty() {
            *field = said;
        } else if *field != said {
            field.push_str(between);
            field.push_str(&said);
        }
    }
    raw
}

fn field(raw: &mut RawReport, column: Column) -> &mut String {
    match column {
        Column::Category => &mut raw.category,
        Column::Danger => &mut raw.danger,
        Column::Position => &mut raw.position,
        Column::Address => &mut raw.address,
        Column::People => &mut raw.people,
        Column::What => &mut raw.what,
        Column::Contact => &mut raw.contact,
        Column::Name => &mut raw.name,
        Column::Site => &mut raw.site,
        Column::Hazard => &mut raw.hazard,
        Column::Substance => &mut raw.substance,
        Column::Places => &mut raw.places,
    }
}

fn is_no(cell: &str) -> bool {
    NOBODY.contains(&cell.trim().to_lowercase().as_str())
}
