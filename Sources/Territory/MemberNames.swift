import Diagnostics
import Nomenclature
import Wording

/// Does the name that somebody wrote beside the code of a commune speak of another one? Short forms, other languages,
/// names of before and a slip of the pen are the same name still.
struct MemberNames {
  /// By code: usual names, and those of communes that are no more.
  private var others: [String: [String]] = [:]

  init() {}

  init(_ usual: [String: [String]], _ french: [FormerCommune], _ belgian: [FormerCommune]) {
    others = usual
    for (country, communes) in [(Country.fr, french), (Country.be, belgian)] {
      for commune in communes { others["\(country.rawValue)-COM-\(commune.code)", default: []] += commune.names }
    }
  }

  /// All that a code was or is called; `today` is the territory that has it now.
  func names(of code: String, _ today: Territory?) -> [String] {
    let official = [today?.name, today?.dutchName, today?.germanName, today?.englishName].compactMap(\.self)
    return official + (others[code] ?? [])
  }

  static func agrees(_ written: String, with names: [String]) -> Bool {
    let written = PlaceNames.saints(written.folded)
    let words = Set(written.split(separator: " "))
    let known = names.map { PlaceNames.saints($0.folded) }
    return words.isEmpty || known.isEmpty
      || known.contains { name in
        let others = Set(name.split(separator: " "))
        return words.isSubset(of: others) || others.isSubset(of: words)
      }
      // Among short names, another one is as near as a slip.
      || written.utf8.count > 5 && nearest(to: written, among: known) != nil
  }
}
