//! Pictures made for the printer: four inks in place of three lights.

use photo::prepare;

/// The least JPEG of four components: one block each, of one value (ITU-T T.81, annex B), with the header by which Adobe's
/// programs say that it is CMYK, inverted: 255 is no ink.
fn cmyk(inks: [u8; 4]) -> Vec<u8> {
    let segment = |marker: u8, body: &[u8]| {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], length.as_slice(), body].concat()
    };
    // Divided by 8, the mean of a block is its value less 128.
    let quantised = [&[0_u8][..], &[8; 64]].concat();
    let components = |rest: &[u8]| (1..=4_u8).flat_map(|id| [&[id], rest].concat()).collect::<Vec<_>>();
    let frame = [&[8, 0, 8, 0, 8, 4][..], &components(&[0x11, 0])].concat();
    // Nine lengths of a difference, each a code of four bits; and one code of one bit for "nothing more".
    let means = [&[0x00, 0, 0, 0, 9][..], &[0; 12], &[0, 1, 2, 3, 4, 5, 6, 7, 8]].concat();
    let waves = [&[0x10, 1][..], &[0; 15], &[0x00]].concat();
    let scan = [&[4][..], &components(&[0x00]), &[0, 63, 0]].concat();
    let bits = inks.into_iter().map(|ink| {
        let value = i32::from(ink) - 128;
        let length = usize::try_from(i32::BITS - value.unsigned_abs().leading_zeros()).unwrap();
        let coded = if value < 0 { value + (1 << length) - 1 } else { value };
        let coded = if length == 0 { String::new() } else { format!("{coded:0length$b}") };
        format!("{length:04b}{coded}0")
    });
    let mut bits = bits.collect::<String>();
    bits.extend(std::iter::repeat_n('1', (8 - bits.len() % 8) % 8));
    let bytes = bits.as_bytes().chunks(8).flat_map(|bits| {
        let byte = u8::from_str_radix(std::str::from_utf8(bits).unwrap(), 2).unwrap();
        if byte == 0xff { vec![byte, 0] } else { vec![byte] }
    });
    [
        vec![0xff, 0xd8],
        segment(0xee, b"Adobe\0\x64\0\0\0\0\0"),
        segment(0xdb, &quantised),
        segment(0xc0, &frame),
        segment(0xc4, &means),
        segment(0xc4, &waves),
        segment(0xda, &scan),
        bytes.collect(),
        vec![0xff, 0xd9],
    ]
    .concat()
}

#[test]
fn inks_come_out_as_the_colours_they_print() {
    let cases = [
        ("no ink", [255, 255, 255, 255], [255, 255, 255]),
        ("magenta and yellow", [255, 0, 0, 255], [255, 0, 0]),
        ("cyan", [0, 255, 255, 255], [0, 255, 255]),
        ("black", [255, 255, 255, 0], [0, 0, 0]),
        ("half of black", [255, 255, 255, 128], [128, 128, 128]),
    ];
    for (name, inks, colour) in cases {
        let kept = prepare(&cmyk(inks)).unwrap_or_else(|refused| panic!("{name}: {refused}"));
        assert_eq!((kept.width, kept.height), (8, 8), "{name}");
        let seen = image::load_from_memory(&kept.jpeg).unwrap().into_rgb8().get_pixel(4, 4).0;
        assert!(seen.iter().zip(colour).all(|(seen, colour)| seen.abs_diff(colour) <= 6), "{name}: {seen:?}");
    }
}
