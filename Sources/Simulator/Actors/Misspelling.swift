/// Names as people write them from memory: close to those of the register, seldom the same.
enum Misspelling {
  private enum Slip: CaseIterable {
    case swapped, missing, doubled, smallWords, abbreviated, kind, capitals, spaces, apostrophes, cut
  }

  private static let smallWords: Set<Substring> = ["DE", "DES", "DU", "LA", "LE", "LES", "D", "ET", "van", "de", "het"]
  private static let abbreviations = [
    ("ASSOCIATION", "ASSO."), ("Association", "Asso"), ("COMITE", "CTE"), ("SAINT", "ST"), ("AMICALE", "AM."),
    ("SOCIETE", "STE"), ("COOPERATIVE", "COOP"), ("CENTRE", "CTR"), ("Coopérative", "Coop"),
  ]

  /// The name with one slip; where that changes nothing, with another.
  static func of(_ name: String, _ draws: inout Draws) -> String {
    for _ in 0..<4 {
      let slips = Slip.allCases
      let written = write(name, slips[draws.below(slips.count)], &draws)
      if written != name, !written.isEmpty { return written }
    }
    return "\(name) (ASSOCIATION)"
  }

  private static func write(_ name: String, _ slip: Slip, _ draws: inout Draws) -> String {
    var letters = Array(name)
    // A slip is inside a word: the first letters are those that people know.
    let place = letters.count > 5 ? 2 + draws.below(letters.count - 4) : 0
    let isInside = place > 0 && letters[place].isLetter && letters[place + 1].isLetter
    switch slip {
    case .swapped: if isInside { letters.swapAt(place, place + 1) }
    case .missing: if isInside { letters.remove(at: place) }
    case .doubled: if isInside { letters.insert(letters[place], at: place) }
    case .smallWords:
      let words = name.split(separator: " ")
      let kept = words.filter { !smallWords.contains($0) }
      return kept.count > 1 ? kept.joined(separator: " ") : name
    case .abbreviated:
      let found = abbreviations.first { name.contains($0.0) }
      return found.map { name.replacing($0.0, with: $0.1) } ?? name
    case .kind: return name.uppercased().hasPrefix("ASS") ? "L'\(name.lowercased())" : "ASSOCIATION \(name)"
    case .capitals: return titled(name)
    case .spaces: return name.replacing(" ", with: "  ")
    case .apostrophes: return name.replacing("'", with: name.contains("D'") ? " " : "’")
    case .cut: return letters.count > 30 ? String(letters.prefix(26)) : name
    }
    return String(letters)
  }

  /// `Comité des fêtes` in the manner of a spreadsheet: every word begins with a capital.
  static func titled(_ name: String) -> String {
    name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(separator: " ")
  }
}
