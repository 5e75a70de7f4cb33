import Filesystem
import Foundation
import TestSupport
import Testing
import Wording

/// Every sentence that the sources ask for is there, in three languages.
@Suite("Words")
struct WordsTests {
  static func sources() throws -> [String] {
    let root = "\(Checkout.root)/Sources"
    var texts: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) where name.hasSuffix(".swift") {
      texts.append(try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8))
    }
    return texts
  }

  @Test func `every problem that can be thrown has its sentence`() throws {
    let words = try Words(share: Checkout.installation.share, language: .fr)
    var codes: Set<String> = []
    for text in try Self.sources() {
      for match in text.matches(of: /[Pp]roblem\(\s*"([a-z_]+\.[a-z_0-9.]+)"/) { codes.insert(String(match.1)) }
      for match in text.matches(of: /words\("([a-z_]+(?:\.[A-Za-z_0-9.]+)?)"/) { codes.insert(String(match.1)) }
    }
    #expect(codes.count > 100)
    #expect(codes.subtracting(words.keys).sorted() == [])
  }

  @Test func `a sentence uses the same facts in each language`() throws {
    let facts: (Language) throws -> [String: Set<String>] = { language in
      let words = try Words(share: Checkout.installation.share, language: language)
      return Dictionary(
        uniqueKeysWithValues: words.keys.map { key in
          (key, Set(words(key).matches(of: /\{[a-z_]+\}/).map { String($0.output) }))
        })
    }
    let french = try facts(.fr)
    for language in [Language.nl, .en] {
      let other = try facts(language)
      for (key, names) in french { #expect(other[key] == names, "\(key) in \(language)") }
    }
  }

  @Test(
    arguments: [
      (0, "0", "0", "0"), (1234, "1\u{202f}234", "1.234", "1,234"),
      (-1_000_000, "−1\u{202f}000\u{202f}000", "−1.000.000", "−1,000,000"),
    ])
  func `whole numbers`(value: Int, fr: String, nl: String, en: String) {
    #expect(Numbers.grouped(value, .fr) == fr)
    #expect(Numbers.grouped(value, .nl) == nl)
    #expect(Numbers.grouped(value, .en) == en)
  }

  @Test(
    arguments: [
      (2, "2", "2"), (0.0001, "0,0001", "0.0001"), (12.5, "12,5", "12.5"), (1500, "1\u{202f}500", "1,500"),
      (-0.5, "−0,5", "−0.5"),
    ] as [(Double, String, String)])
  func `numbers with the decimals they have`(value: Double, fr: String, en: String) throws {
    #expect(Numbers.short(value, .fr) == fr)
    #expect(Numbers.short(value, .en) == en)
    let words = try Words(share: Checkout.installation.share, language: .fr)
    #expect(words("simulate.bad_scale", ["scale": "#\(value)"]).contains("L'échelle \(fr) "))
  }

  @Test(
    arguments: [
      (1234.56, 1, "1\u{202f}234,6"), (0.05, 1, "0,1"), (-0.04, 1, "0,0"), (99.95, 1, "100,0"), (12, 2, "12,00"),
    ])
  func `decimals`(value: Double, decimals: Int, fr: String) {
    #expect(Numbers.decimal(value, decimals: decimals, .fr) == fr)
  }
}
