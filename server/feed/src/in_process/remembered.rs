//! The ids that were seen last.

use std::collections::{HashSet, VecDeque};

use uuid::Uuid;

/// A bounded set of ids: the oldest is forgotten for the newest.
pub(super) struct Remembered {
    ids: HashSet<Uuid>,
    order: VecDeque<Uuid>,
    most: usize,
}

impl Remembered {
    pub(super) fn new(most: usize) -> Self {
        Self { ids: HashSet::new(), order: VecDeque::new(), most }
    }

    pub(super) fn contains(&self, id: Uuid) -> bool {
        self.ids.contains(&id)
    }

    pub(super) fn insert(&mut self, id: Uuid) {
        if self.ids.insert(id) {
            self.order.push_back(id);
        }
        while self.order.len() > self.most {
            if let Some(oldest) = self.order.pop_front() {
                self.ids.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten_first() {
        let mut remembered = Remembered::new(2);
        for number in [1, 2, 2, 3] {
            remembered.insert(Uuid::from_u128(number));
        }
        let known: Vec<bool> = (1..=3).map(|number| remembered.contains(Uuid::from_u128(number))).collect();
        assert_eq!(known, [false, true, true]);
    }
}
