//! Files that were damaged, by accident or on purpose.

use exif::{Tag, Value};
use photo::{MAX_PIXELS, Refused, prepare};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::make::{FORMATS, field, file, plain, shanghai, tags};

/// One file of every format, with tags.
fn files() -> Vec<Vec<u8>> {
    let mut fields = shanghai();
    fields.push(field(Tag::Orientation, Value::Short(vec![6])));
    let picture = plain(24, 16, [200, 40, 60]);
    FORMATS.map(|format| file(&picture, format, Some(tags(&fields)))).into()
}

/// The sizes that a mutated header declares would make most cases slow and few of them different.
fn modest(bytes: &[u8]) -> bool {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format();
    let size = reader.unwrap().into_dimensions();
    size.map_or(true, |(width, height)| {
        let pixels = u64::from(width) * u64::from(height);
        !(1_000_000..=MAX_PIXELS).contains(&pixels)
    })
}

proptest! {
    #[test]
    fn a_file_with_bytes_changed_is_prepared_or_refused(
        which in 0_usize..3,
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = files().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if modest(&bytes) {
            let _ = prepare(&bytes);
        }
    }

    #[test]
    fn a_file_with_a_part_missing_or_twice_is_prepared_or_refused(
        which in 0_usize..3,
        from in any::<Index>(),
        until in any::<Index>(),
        twice in any::<bool>(),
    ) {
        let bytes = files().swap_remove(which);
        let (from, until) = (from.index(bytes.len()), until.index(bytes.len()));
        let (from, until) = (from.min(until), from.max(until));
        let part = if twice { &bytes[from..until] } else { &[] };
        let mutated = [&bytes[..from], part, part, &bytes[until..]].concat();
        if modest(&mutated) {
            let _ = prepare(&mutated);
        }
    }

    #[test]
    fn tags_of_any_bytes_leave_the_picture_readable(mut block in prop::collection::vec(any::<u8>(), 8..400)) {
        block[..4].copy_from_slice(b"II*\0");
        for format in FORMATS {
            let sent = file(&plain(8, 8, [9, 9, 9]), format, Some(block.clone()));
            prop_assert!(prepare(&sent).is_ok(), "{format:?}");
        }
    }

    #[test]
    fn any_bytes_are_no_picture_or_a_broken_one(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let refused = prepare(&bytes).unwrap_err();
        prop_assert!(!matches!(refused, Refused::TooLarge), "{refused}");
    }
}
