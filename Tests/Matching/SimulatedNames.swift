import Matching
import TestSupport

/// Organisations of some communes and a list that names them as people do: the truth of each line is known.
struct SimulatedNames {
  struct Unit {
    let number: UInt64
    let commune: Int
    let name: String
  }

  struct Line {
    let name: String
    let commune: Int
    /// Nil where the organisation is in no register.
    let truth: UInt64?
    let isMistyped: Bool
  }

  private(set) var units: [Unit] = []
  private(set) var lines: [Line] = []

  private static let kinds = [
    "Amicale laïque", "Comité des fêtes", "Club de football", "Club de tennis de table", "Harmonie municipale",
    "Association des parents d'élèves", "Les amis de", "Centre social", "Régie de quartier", "Entraide", "Théâtre",
    "Ressourcerie", "Épicerie solidaire", "Jardins partagés", "Maison des jeunes", "Société de chasse",
    "Groupement des habitants", "Foyer rural", "Crèche parentale", "Club des aînés", "Union sportive",
    "Cercle d'échecs",
  ]
  private static let things = [
    "du Vieux Moulin", "de l'Étoile", "des Tilleuls", "Saint-Martin", "Sainte-Thérèse", "de la Vallée", "du Faubourg",
    "Jean Jaurès", "Louise Michel", "Pasteur", "des Marronniers", "du Grand Large", "Concorde", "Avenir", "Espérance",
    "de la Butte", "du Canal", "Fraternité", "Émile Zola", "Victor Hugo", "des Peupliers", "du Marais", "Renaissance",
    "Solidarité", "Horizon", "Passerelle", "Tremplin", "Arc-en-ciel", "Gagarine", "du Pont Neuf",
  ]

  init(seed: UInt64, communes: Int, units count: Int, lines wanted: Int) {
    var random = SplitMix64(seed: seed)
    for number in 0..<count {
      let commune = random.number(0...communes - 1)
      var name = Self.name(&random)
      // A few bear the name of another of their commune.
      if random.chance(3), let other = units.last(where: { $0.commune == commune }) { name = other.name }
      units.append(Unit(number: UInt64(number + 1), commune: commune, name: name))
    }
    for _ in 0..<wanted {
      let isMistyped = random.chance(30)
      let (name, commune, truth): (String, Int, UInt64?) =
        if random.chance(15) {
          (Self.name(&random), random.number(0...communes - 1), nil)
        } else {
          { ($0.name, $0.commune, $0.number) }(random.pick(units))
        }
      // One that was drawn anew may be one that is there: nobody could tell the two apart.
      let unknown = truth == nil && units.contains { $0.commune == commune && $0.name == name }
      if unknown { continue }
      lines.append(
        Line(
          name: Self.written(isMistyped ? Self.mistyped(name, &random) : name, &random), commune: commune, truth: truth,
          isMistyped: isMistyped))
    }
  }

  private static func name(_ random: inout SplitMix64) -> String {
    let name = "\(random.pick(kinds)) \(random.pick(things))"
    return random.chance(40)
      ? "\(name) \(random.pick(things))" : random.chance(10) ? "\(name) \(random.number(1...9))" : name
  }

  /// In capitals, without accents, with its legal form before or behind, as lists have it.
  private static func written(_ name: String, _ random: inout SplitMix64) -> String {
    var name = name
    if random.chance(30) { name = "Association \(name)" }
    if random.chance(15) { name += " (ASSO)" }
    if random.chance(10) { name += " asbl" }
    return random.chance(40) ? name.uppercased() : name
  }

  /// One letter of one long word left out, doubled, changed or swapped with its neighbour.
  private static func mistyped(_ name: String, _ random: inout SplitMix64) -> String {
    var words = name.split(separator: " ").map(Array.init)
    let long = words.indices.filter { words[$0].count >= 6 && words[$0].allSatisfy(\.isLetter) }
    guard !long.isEmpty else { return name }
    let word = random.pick(long)
    let at = random.number(1...words[word].count - 2)
    switch random.number(0...3) {
    case 0: words[word].remove(at: at)
    case 1: words[word].insert(words[word][at], at: at)
    case 2: words[word][at] = random.pick(Array("aeiorstn"))
    default: words[word].swapAt(at, at + 1)
    }
    return words.map { String($0) }.joined(separator: " ")
  }

  func candidates(_ reading: NameReading) -> [Int: [Candidate]] {
    Dictionary(grouping: units, by: \.commune).mapValues { $0.map { Candidate($0.number, [reading($0.name)]) } }
  }
}
