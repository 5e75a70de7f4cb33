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
      // `table.words("areas")` reads a property of a declared table.
      for match in text.matches(of: /(table\.)?words\("([a-z_]+(?:\.[A-Za-z_0-9.]+)?)"/) where match.1 == nil {
        codes.insert(String(match.2))
      }
    }
    #expect(codes.count > 100)
    #expect(codes.subtracting(words.keys).sorted() == [])
  }

  @Test func `a sentence uses the same facts in each language`() throws {
    let facts: (Language) throws -> [String: Set<String>] = { language in
      let words = try Words(share: Checkout.installation.share, language: language)
      return Dictionary(
        uniqueKeysWithValues: words.keys.map { key in
          (key, Set(words(key).matches(of: /\{([a-z_]+)[?}]/).map { String($0.1) }))
        })
    }
    let french = try facts(.fr)
    for language in [Language.nl, .en] {
      let other = try facts(language)
      for (key, names) in french { #expect(other[key] == names, "\(key) in \(language)") }
    }
  }

  @Test func `every brace of a sentence is a fact, or two forms that agree with one`() throws {
    for language in Language.allCases {
      let words = try Words(share: Checkout.installation.share, language: language)
      for key in words.keys {
        let rest = words(key).replacing(/\{[a-z_]+(\?[^{}|?]*\|[^{}|?]*)?\}/, with: "")
        #expect(!rest.contains { "{}".contains($0) }, "\(key) in \(language): \(rest)")
      }
    }
  }

  /// French sets a space before double marks and inside its guillemets; Dutch and English set none, and no guillemets.
  @Test func `each language keeps its own typography`() throws {
    for language in Language.allCases {
      let words = try Words(share: Checkout.installation.share, language: language)
      for key in words.keys {
        // Settings, `perimeter:name=value` and `# key:`, are no sentences.
        let text = words(key).replacing(/[a-z0-9-]+:[a-z]+=|# (?:\{key\}|[a-z_]+):|\{[a-z_]+\?/, with: "")
        let wrong =
          language == .fr
          ? text.contains(/[^ \u{a0}\u{202f}][:;!?»]|«[^ \u{a0}\u{202f}]|["“”]/)
          : text.contains(/[ \u{a0}\u{202f}][:;!?]|[«»]/)
        #expect(!wrong, "\(key) in \(language): \(text)")
      }
    }
  }

  @Test(
    arguments: [
      ("0", "0 fichier importé a son", "0 geïmporteerde bestanden", "0 imported files"),
      ("1", "1 fichier importé a son", "1 geïmporteerd bestand", "1 imported file has"),
      ("#1", "1 fichier importé a son", "1 geïmporteerd bestand", "1 imported file has"),
      ("2", "2 fichiers importés ont leur", "2 geïmporteerde bestanden", "2 imported files"),
      ("#1234", "1\u{202f}234 fichiers importés", "1.234 geïmporteerde bestanden", "1,234 imported files"),
      ("1\u{202f}234", "1\u{202f}234 fichiers", "1\u{202f}234 geïmporteerde", "1\u{202f}234 imported files"),
    ])
  func `words agree with their number`(count: String, fr: String, nl: String, en: String) throws {
    for (language, start) in zip(Language.allCases, [fr, nl, en]) {
      let words = try Words(share: Checkout.installation.share, language: language)
      let sentence = words("check.fingerprints", ["count": count])
      #expect(sentence.hasPrefix(start), "\(sentence)")
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
