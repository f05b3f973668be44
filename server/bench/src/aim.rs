//! What was aimed at, and whether it is reached.

pub enum Aim {
    AtLeast(f64),
    AtMost(f64),
    Under(f64),
}

impl Aim {
    fn is_met(&self, figure: f64) -> bool {
        match self {
            Self::AtLeast(bound) => figure >= *bound,
            Self::AtMost(bound) => figure <= *bound,
            Self::Under(bound) => figure < *bound,
        }
    }

    /// Says of a figure whether it is met.
    pub fn tell(&self, what: &str, figure: f64) {
        let verdict = if self.is_met(figure) { "met   " } else { "MISSED" };
        let aim = match self {
            Self::AtLeast(bound) => format!("at least {bound}"),
            Self::AtMost(bound) => format!("at most {bound}"),
            Self::Under(bound) => format!("under {bound}"),
        };
        println!("{verdict}  {what}: {figure:.2}, aimed at {aim}");
    }
}
