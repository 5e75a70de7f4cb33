import Registers
import Tabular
import Testing

/// Names come from registers as people typed them, and go to terminals, tables and documents.
@Suite("Typography of names")
struct TypographyTests {
  @Test(
    arguments: [
      ("L’Atelier  du Nord ", "L'Atelier du Nord"), ("A\tB\u{a0}C", "A B C"),
      ("\u{1b}[2J\u{1b}]0;x\u{7}NOM", "[2J]0;xNOM"),
      ("NOM\u{7f}", "NOM"), ("A\u{9b}31mB", "A31mB"), ("A\u{85}B", "A B"), ("abc\u{202e}fdp.exe", "abcfdp.exe"),
      ("\u{2066}A\u{2069}", "A"), ("Élan", "Élan"),
    ])
  func `nothing that commands a terminal passes`(typed: String, plain: String) {
    #expect(Typography.plain(typed) == plain)
  }

  @Test func `no control scalar at all passes`() {
    for value in UInt32(0)..<0x2100 {
      guard let scalar = Unicode.Scalar(value), scalar.isControl else { continue }
      let passes = Typography.plain("a\(scalar)b").unicodeScalars.contains { $0.isControl }
      #expect(!passes, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `the controls are those of the general category, and the turns of direction`() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let turns = 0x202a...0x202e ~= value || 0x2066...0x2069 ~= value
      #expect(scalar.isControl == (scalar.properties.generalCategory == .control || turns))
    }
  }
}
