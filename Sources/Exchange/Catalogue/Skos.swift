package import Nomenclature
package import Wording

/// The nomenclatures as SKOS: a file a family of schemes, each concept with its names, what it is under, and what it is
/// in the schemes that both countries share.
package struct Skos: Sendable {
  package struct File: Sendable {
    package let name: String
    package let graph: Graph
  }

  package let files: [File]

  /// `base` is what every address begins with, that of the catalogue.
  package init(_ book: NomenclatureBook, base: String, _ words: SkosWords) {
    let schemes = SkosSchemes(base: base)
    files = [
      File(name: "activities", graph: schemes.activities(book, words)),
      File(name: "naf-rev2", graph: schemes.national(.nafRev2, book.nafRev2, book)),
      File(name: "nacebel-2008", graph: schemes.national(.nacebel2008, book.nacebel2008, book)),
      File(name: "naf-2025", graph: schemes.national(.naf2025, book.naf2025, book)),
      File(name: "nacebel-2025", graph: schemes.national(.nacebel2025, book.nacebel2025, book)),
      File(name: "families", graph: schemes.families(book, words)),
      File(name: "legal-forms", graph: schemes.forms(book)),
      File(name: "sizes", graph: schemes.sizes(book.sizes, words)),
    ]
  }
}

/// The names of schemes that no file of nomenclatures has.
package struct SkosWords: Sendable {
  private let labels: [String: Label]

  package init(_ words: Words) throws {
    let groupings = ["a5", "a10", "a17", "a21", "a38", "a88", "ess_domain"]
    let grades = ["A", "B", "C", "X", "D"].map { "grade.\($0)" }
    var labels: [String: Label] = [:]
    for name in groupings + grades + ["common_families", "common_sizes", "fr_sizes", "be_sizes"] {
      labels[name] = try words.label("skos.\(name)")
    }
    self.labels = labels
  }

  subscript(name: String) -> Label { labels[name] ?? Label(fr: name, nl: name, en: name) }
}
