//! What it takes to prepare a picture stays within the limit, however little or much the file is.
//!
//! One test in a process of its own: it counts every allocation of the process.
#![expect(unsafe_code, reason = "an allocator is unsafe to write; this one counts and hands on")]
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test fails by a panic")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, GrayImage, ImageEncoder};
use photo::{MAX_PIXELS, Refused, prepare};

struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn more(bytes: usize) {
    MOST.fetch_max(HELD.fetch_add(bytes, Relaxed) + bytes, Relaxed);
}

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        more(layout.size());
        // SAFETY: the caller's promises are those that the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        more(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both at once, as when it moves.
        more(size);
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(at, layout, size) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// What preparing `file` takes at most, in bytes, beside the file itself; and why it was refused.
fn taken(file: &[u8]) -> (usize, Option<Refused>) {
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    let result = prepare(file);
    (MOST.load(Relaxed) - before, result.err())
}

/// A square of nearly as many pixels as are allowed.
const WIDE: u32 = 7_071;

fn png(side: u32, colour: ExtendedColorType) -> Vec<u8> {
    let (mut file, bytes) = (Vec::new(), usize::from(colour.bits_per_pixel() / 8) * (side as usize).pow(2));
    PngEncoder::new(&mut file).write_image(&vec![90; bytes], side, side, colour).unwrap();
    file
}

fn strip() -> Vec<u8> {
    let (mut file, width, height) = (Vec::new(), 65_535, 760);
    PngEncoder::new(&mut file)
        .write_image(GrayImage::new(width, height).as_raw(), width, height, ExtendedColorType::L8)
        .unwrap();
    file
}

fn webp() -> Vec<u8> {
    let mut file = Vec::new();
    let pixels = vec![90; 4 * (WIDE as usize).pow(2)];
    WebPEncoder::new_lossless(&mut file).write_image(&pixels, WIDE, WIDE, ExtendedColorType::Rgba8).unwrap();
    file
}

fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let padding: &[u8] = if body.len() % 2 == 1 { &[0] } else { &[] };
    [name, &(body.len() as u32).to_le_bytes(), body, padding].concat()
}

fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[b"WEBP".as_slice(), &chunks.concat()].concat())
}

fn less_one(side: u32) -> Vec<u8> {
    (side - 1).to_le_bytes()[..3].to_vec()
}

/// A moving WebP of one frame, which is `still`.
fn moving(still: &[u8]) -> Vec<u8> {
    let size = [less_one(WIDE), less_one(WIDE)].concat();
    let head = chunk(b"VP8X", &[vec![0x12, 0, 0, 0], size.clone()].concat());
    let frame = chunk(b"ANMF", &[vec![0; 6], size, vec![9, 0, 0, 0], still[12..].to_vec()].concat());
    riff(&[head, chunk(b"ANIM", &[0; 6]), frame])
}

/// A WebP of 8 by 8 pixels whose picture says that it has the most that a key frame can say (RFC 6386, 9.1).
fn webp_of_two_sizes() -> Vec<u8> {
    let head = chunk(b"VP8X", &[vec![0; 4], less_one(8), less_one(8)].concat());
    let mut frame = vec![0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f];
    frame.resize(400, 0);
    riff(&[head, chunk(b"VP8 ", &frame)])
}

fn jpeg() -> Vec<u8> {
    let mut file = Vec::new();
    let pixels = vec![90; 3 * (WIDE as usize).pow(2)];
    JpegEncoder::new(&mut file).write_image(&pixels, WIDE, WIDE, ExtendedColorType::Rgb8).unwrap();
    file
}

/// `jpeg` that says it is progressive: its decoder then holds the coefficients of the whole picture.
fn progressive(mut jpeg: Vec<u8>) -> Vec<u8> {
    let at = jpeg.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    jpeg[at + 1] = 0xc2;
    jpeg
}

fn samples() -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/images/pillow");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: the test material {} is not here", folder.display());
        return Vec::new();
    };
    entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
}

#[test]
fn memory_stays_bounded_whatever_is_sent() {
    const MB: usize = 1_000_000;
    let limit = 12 * usize::try_from(MAX_PIXELS).unwrap();
    let (still, baseline) = (webp(), jpeg());
    let cases = [
        ("a PNG with transparency", png(WIDE, ExtendedColorType::Rgba8), None, 230 * MB),
        ("a PNG of sixteen bits", png(4_900, ExtendedColorType::Rgba16), None, 260 * MB),
        ("a PNG of sixteen bits, too many", png(5_100, ExtendedColorType::Rgba16), Some(Refused::TooManyPixels), MB),
        ("a WebP with transparency", still.clone(), None, 230 * MB),
        ("a moving WebP", moving(&still), Some(Refused::TooManyPixels), MB),
        ("a WebP of two sizes", webp_of_two_sizes(), Some(Refused::Broken), limit),
        ("a progressive JPEG", progressive(baseline.clone()), None, 480 * MB),
        ("a JPEG", baseline, None, 190 * MB),
        ("a strip", strip(), None, 230 * MB),
    ];
    for (name, file, refused, most) in cases {
        let (taken, why) = taken(&file);
        eprintln!("{name}: {} MB", taken / MB);
        assert_eq!(why, refused, "{name}");
        assert!(taken <= most && taken <= limit, "{name} takes {taken} bytes");
    }
    for file in samples() {
        let (taken, _) = taken(&file);
        assert!(taken <= 16 * MB, "a sample of {} bytes takes {taken}", file.len());
    }
}
