//! What may be published of counts by area.

/// How many reports an area must have before it is shown: with fewer, a neighbour could tell who reported.
pub const K: i64 = 5;

/// The areas that may be shown, most reports first, and how many were left out.
///
/// Nothing about a left-out area leaves this function, not even the sum over all of them: with one left out, the sum is its count.
pub fn shown<A: Ord>(areas: Vec<(A, i64)>) -> (Vec<(A, i64)>, usize) {
    let all = areas.len();
    let mut shown: Vec<_> = areas.into_iter().filter(|(_, reports)| *reports >= K).collect();
    shown.sort_by(|(area, reports), (other_area, other)| other.cmp(reports).then_with(|| area.cmp(other_area)));
    let left_out = all - shown.len();
    (shown, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_with_fewer_than_five_reports_is_never_shown() {
        assert_eq!(shown(vec![("a", 4), ("b", 5), ("c", 9), ("d", 0)]), (vec![("c", 9), ("b", 5)], 2));
    }
}
