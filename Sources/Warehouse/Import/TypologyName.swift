internal import Nomenclature
internal import Wording

/// What a typology is filed under: its countries, its name, and the year that the name of its file tells.
///
/// A name has no hyphen: `be-fr-degurba-2024` can be taken apart again.
package struct TypologyName {
  let name: String
  let year: String?

  /// `given`, or what the file is called: `grille_densite_7_niveaux_2024.csv` is grille_densite_7_niveaux, of 2024.
  init(_ given: String?, file: String) {
    let stem = file.prefix { $0 != "." }
    var words = String(stem).folded.split(separator: " ").map(Self.ascii).filter { !$0.isEmpty }
    let isYear = { (word: String) in word.utf8.count == 4 && Int(word).map { 1900...2200 ~= $0 } == true }
    year = words.last(where: isYear)
    words.removeAll(where: isYear)
    let own = words.joined(separator: "_")
    name = given ?? (Self.isName(own) ? own : "typology")
  }

  private static func ascii(_ word: Substring) -> String {
    String(word.filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  /// Small letters, digits and underscores, a letter first: it becomes a part of the name of a folder.
  package static func isName(_ text: String) -> Bool {
    let letters = "abcdefghijklmnopqrstuvwxyz"
    guard let first = text.first, letters.contains(first), text.utf8.count <= 60 else { return false }
    return text.allSatisfy { (letters + "0123456789_").contains($0) }
  }

  static func kind(_ name: String, _ countries: Set<Country>) -> String {
    (countries.map { $0.rawValue.lowercased() }.sorted() + [name]).joined(separator: "-")
  }

  // MARK: - In a receipt

  static func recorded(_ name: String, _ countries: Set<Country>, column: String?) -> [String: String] {
    var said = ["name": name, "countries": countries.map(\.rawValue).sorted().joined(separator: " ")]
    said["column"] = column
    return said
  }
}
