import CScan
import TestSupport
import Testing

@testable import Tabular

@Suite("Masks of 64 bytes") struct MaskTests {
  @Test(arguments: 0..<8)
  func `the vector version and the portable one agree`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabets = [Array(UInt8.min...UInt8.max), utf8("\",\n\0"), utf8("\"\"\"\",;\n"), [0, 0x80, 0xff, 0x7f]]
    for _ in 0..<2_000 {
      let bytes = random.bytes(64, from: random.pick(alphabets))
      let separator = random.pick(utf8(",;\t|"))
      let (fast, portable) = (essor_masks_of(bytes, separator), essor_masks_portable(bytes, separator))
      #expect(fast.quotes == portable.quotes)
      #expect(fast.separators == portable.separators)
      #expect(fast.newlines == portable.newlines)
      #expect(fast.nuls == portable.nuls)
    }
  }

  @Test(arguments: 0..<8)
  func `a stretch is scanned alike by the processor's widest instructions and by those of all`(seed: UInt64) {
    guard essor_is_wide() != 0 else { return }
    var random = SplitMix64(seed: seed)
    let alphabets = [Array(UInt8.min...UInt8.max), utf8("\",\n\0"), utf8("a\",\n"), utf8("abcdefgh,\n"), utf8(",")]
    let places = essor_make_places()
    for _ in 0..<500 {
      let count = random.number(0...300)
      // What stands behind the stretch does not count, whatever it is.
      let text = random.bytes(count + 64, from: random.pick(alphabets))
      var (wide, baseline) = ([UInt32](repeating: 0, count: count + 8), [UInt32](repeating: 0, count: count + 8))
      let (a, b) = withUnsafePointer(to: places) { places in
        (
          essor_scan_wide(text, count, UInt8(ascii: ","), places, &wide),
          essor_scan_baseline(text, count, UInt8(ascii: ","), places, &baseline)
        )
      }
      #expect(a.ends == b.ends && a.newlines == b.newlines && a.first_nul == b.first_nul)
      #expect(a.quoted_newlines == b.quoted_newlines && a.misplaced == b.misplaced)
      #expect(wide.prefix(a.ends) == baseline.prefix(b.ends))
    }
  }

  @Test(arguments: 0..<4)
  func `the parity of a mask is that of the bits up to each place`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<500 {
      let mask = random.next() & random.next()
      var expected: UInt64 = 0
      var odd = false
      for bit in 0..<64 {
        if mask >> UInt64(bit) & 1 == 1 { odd.toggle() }
        if odd { expected |= 1 << UInt64(bit) }
      }
      #expect(essor_parity_up_to(mask) == expected)
    }
  }

  @Test func `line ends are counted in stretches of every length`() {
    var random = SplitMix64(seed: 9)
    for count in 0..<300 {
      // What stands behind the stretch does not count, though it is all line ends.
      let text = random.bytes(count, from: utf8("a\n\"")) + [UInt8](repeating: UInt8(ascii: "\n"), count: 64)
      #expect(lineEnds(in: text, count: count) == text[..<count].count { $0 == UInt8(ascii: "\n") })
    }
  }
}
