//! Which positions of a batch cannot be meant: marked, never dropped.

use crate::position::Position;

/// Beyond this distance from the middle of its batch a position is an outlier, in metres. A city and its county fit several times over.
const FAR: f64 = 200_000.0;

/// The middle of a batch: the medians of latitude and of longitude, which a few wild values do not move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle(Position);

impl Middle {
    /// `None` for an empty batch.
    pub fn of(positions: &[Position]) -> Option<Self> {
        let latitude = median(positions.iter().map(|position| position.latitude()).collect())?;
        let longitude = median(positions.iter().map(|position| position.longitude()).collect())?;
        Position::new(latitude, longitude).map(Self)
    }

    /// A middle that somebody names.
    pub fn at(position: Position) -> Self {
        Self(position)
    }

    pub fn is_far(self, position: Position) -> bool {
        self.0.metres_to(position) > FAR
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wild_position_is_far_and_does_not_move_the_middle() {
        let town = (0..100).map(|step| Position::new(40.1 + f64::from(step) / 1000.0, -75.3).unwrap());
        let wild = Position::new(32.4, -86.3).unwrap();
        let middle = Middle::of(&town.clone().chain([wild]).collect::<Vec<_>>()).unwrap();
        assert!(middle.is_far(wild));
        assert!(town.into_iter().all(|position| !middle.is_far(position)));
    }

    #[test]
    fn an_empty_batch_has_no_middle() {
        assert_eq!(Middle::of(&[]), None);
    }
}
