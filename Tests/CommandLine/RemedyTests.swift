import Diagnostics
import Filesystem
import TestSupport
import Testing
import Wording

/// Every refusal of the program's own files says what to do about it, and nobody is sent to a publisher for them.
@Suite("Remedies for the program's own files")
struct RemedyTests {
  static let ours = "\(Checkout.installation.share)/nomenclatures/naf.csv"

  @Test(arguments: Language.allCases)
  func `each code of the family has one`(language: Language) throws {
    let words = try Words(share: Checkout.installation.share, language: language)
    let codes = words.keys.filter { $0.hasPrefix("share.") && !$0.hasSuffix("remedy") }
    #expect(codes.count >= 9)
    for code in codes {
      let text = words.describe(Problem(code, at: Place(file: Self.ours, line: 3)))
      #expect(text.contains("\n  → ") && text.contains("make install"), "\(text)")
    }
  }

  @Test(arguments: ["table.empty", "table.open_quote", "table.repeated_column", "file.empty", "file.missing"])
  func `a file of ours is restored, one of a publisher is downloaded`(code: String) throws {
    let words = try Words(share: Checkout.installation.share, language: .fr)
    #expect(words.describe(Problem(code, at: Place(file: Self.ours))).contains("make install"))
    #expect(!words.describe(Problem(code, at: Place(file: "stock.csv"))).contains("make install"))
  }

  @Test func `an empty list is said`() throws {
    let words = try Words(share: Checkout.installation.share, language: .fr)
    let text = words.describe(Problem("share.unknown_code", at: Place(file: Self.ours), ["code": "x", "known": ""]))
    #expect(text.contains("(connus : néant)"), "\(text)")
    #expect(!words("arguments.bad_value", ["value": "", "option": "--x", "expected": "y"]).contains("néant"))
  }
}
