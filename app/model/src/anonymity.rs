//! What may be published of counts.

/// How many reports a count must have before it is shown: with fewer, a neighbour could tell who reported.
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

/// A part of a count that is shown, as far as it may be shown beside it: what is left of the whole is a count too.
pub fn part(whole: i64, part: i64) -> Option<i64> {
    (part >= K && whole - part >= K).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_with_fewer_than_five_reports_is_never_shown() {
        assert_eq!(shown(vec![("a", 4), ("b", 5), ("c", 9), ("d", 0)]), (vec![("c", 9), ("b", 5)], 2));
    }

    #[test]
    fn neither_a_part_nor_what_it_leaves_of_the_whole_is_told_when_it_is_small() {
        for (whole, of_it, told) in [(10, 5, Some(5)), (10, 4, None), (10, 6, None), (10, 10, None), (99, 0, None)] {
            assert_eq!(part(whole, of_it), told, "{of_it} of {whole}");
        }
    }
}
