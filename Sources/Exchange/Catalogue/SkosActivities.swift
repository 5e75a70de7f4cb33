import Nomenclature
import Wording

/// Activities: the groupings that both countries share, and the national classifications carried to their divisions.
extension SkosSchemes {
  private static let divisions = "a88"

  /// The 88 divisions and the groups of each. A group of one division is that division.
  func activities(_ book: NomenclatureBook, _ words: SkosWords) -> Graph {
    var graph = Graph()
    let divisions = book.sectors.divisions
    for id in Sectors.schemes {
      add(scheme: id, words[id == "ess-domain" ? "ess_domain" : id], to: &graph)
      let labels = book.sectors.groupLabels[id] ?? [:]
      var known: Set<String> = []
      let used = divisions.compactMap { $0.groups[id] }
      for code in used + labels.keys.sorted() where known.insert(code).inserted {
        if let label = labels[code] { add(code, label, of: id, to: &graph) }
      }
    }
    add(scheme: Self.divisions, words["a88"], to: &graph)
    for division in divisions { add(division.code, division.label, of: Self.divisions, to: &graph) }
    for id in Sectors.schemes {
      var sizes: [String: Int] = [:]
      for division in divisions { sizes[division.groups[id] ?? "", default: 0] += 1 }
      for division in divisions {
        guard let group = division.groups[id] else { continue }
        let match = sizes[group] == 1 ? "skos:exactMatch" : "skos:broadMatch"
        graph.add(concept(Self.divisions, division.code), match, iri: concept(id, group))
      }
    }
    return graph
  }

  /// A national classification. What is deeper than a division is said to be in it only where its heading is not: the
  /// rest follows. What goes to several divisions, or to one that only comes near, is related to each.
  func national(_ scheme: ActivityScheme, _ nomenclature: Nomenclature, _ book: NomenclatureBook) -> Graph {
    var graph = Graph()
    add(nomenclature, to: &graph)
    // Those of NACE rev. 2 are what the divisions are the divisions of.
    let isSame = scheme == .nafRev2 || scheme == .nacebel2008
    var above: [String: [String]] = [:]
    for item in nomenclature.items {
      let node = concept(nomenclature.id, item.code)
      guard item.code.utf8.first.map({ 0x30...0x39 ~= $0 }) == true else {
        if isSame, book.sectors.groupLabels["a21"]?[item.code] != nil {
          graph.add(node, "skos:exactMatch", iri: concept("a21", item.code))
        }
        continue
      }
      let activity = Activity(scheme, item.code)
      let targets = book.activities.targets(of: activity).map(\.division)
      let (_, quality) = book.activities.division(of: activity)
      let said = [quality.rawValue] + targets
      above[item.code] = said
      if let parent = item.parent, above[parent] == said { continue }
      let isDivision = activity.code.utf8.count == 2
      let match =
        switch quality {
        case .exact where isDivision: isSame ? "skos:exactMatch" : "skos:closeMatch"
        case .exact: "skos:broadMatch"
        case .approximate where isDivision && targets.count == 1: "skos:closeMatch"
        case .approximate, .none: "skos:relatedMatch"
        }
      for target in targets { graph.add(node, match, iri: concept(Self.divisions, target)) }
    }
    return graph
  }
}
