import Nomenclature
import Wording

/// Schemes and concepts of SKOS, and how one stands to another.
struct SkosSchemes {
  let base: String

  init(base: String) { self.base = IRI.base(base) }

  func scheme(_ id: String) -> String { "\(base)scheme/\(IRI.step(id))" }
  func concept(_ scheme: String, _ code: String) -> String { "\(base)concept/\(IRI.step(scheme))/\(IRI.step(code))" }

  func add(scheme id: String, _ title: Label, to graph: inout Graph) {
    let node = scheme(id)
    graph.add(node, type: "skos:ConceptScheme")
    graph.add(node, "dct:title", title)
    graph.add(node, "skos:prefLabel", title)
    graph.add(node, "dct:identifier", .text(id, nil))
  }

  /// A concept, under another of its scheme or at its top.
  func add(_ code: String, _ label: Label, of id: String, under parent: String? = nil, to graph: inout Graph) {
    let node = concept(id, code)
    graph.add(node, type: "skos:Concept")
    graph.add(node, "skos:prefLabel", label)
    graph.add(node, "skos:notation", .text(code, nil))
    graph.add(node, "skos:inScheme", iri: scheme(id))
    if let parent {
      graph.add(node, "skos:broader", iri: concept(id, parent))
      graph.add(concept(id, parent), "skos:narrower", iri: node)
    } else {
      graph.add(node, "skos:topConceptOf", iri: scheme(id))
      graph.add(scheme(id), "skos:hasTopConcept", iri: node)
    }
  }

  /// A nomenclature with all its levels.
  func add(_ nomenclature: Nomenclature, to graph: inout Graph) {
    add(scheme: nomenclature.id, nomenclature.title, to: &graph)
    let node = scheme(nomenclature.id)
    graph.add(node, "dct:source", .text(nomenclature.source, nil))
    if !nomenclature.validFrom.isEmpty {
      graph.add(node, "dct:valid", .text("\(nomenclature.validFrom)/\(nomenclature.validTo ?? "..")", nil))
    }
    for item in nomenclature.items {
      add(item.code, item.label, of: nomenclature.id, under: item.parent, to: &graph)
    }
  }

  // MARK: - Legal forms, families, sizes

  func forms(_ book: NomenclatureBook) -> Graph {
    var graph = Graph()
    add(book.frenchForms, to: &graph)
    add(book.belgianForms, to: &graph)
    return graph
  }

  /// Families of each country and those that both share. How alike two are is the grade of the shared one, which says
  /// how far it may be compared across the border.
  func families(_ book: NomenclatureBook, _ words: SkosWords) -> Graph {
    let common = "common-families"
    var graph = Graph()
    add(book.families, to: &graph)
    add(scheme: common, words["common_families"], to: &graph)
    for item in book.commonFamilies.items {
      add(item.code, item.label, of: common, to: &graph)
      graph.add(concept(common, item.code), "skos:scopeNote", words["grade.\(item.grade.rawValue)"])
    }
    for family in book.families.items {
      guard let item = book.commonFamilies[family.code] else { continue }
      let match =
        switch item.grade {
        case .a: "skos:exactMatch"
        case .b, .c: "skos:closeMatch"
        case .x, .denominator: "skos:relatedMatch"
        }
      graph.add(concept(book.families.id, family.code), match, iri: concept(common, item.code))
    }
    return graph
  }

  /// Size bands of each register and the classes that hold them.
  func sizes(_ sizes: Sizes, _ words: SkosWords) -> Graph {
    let common = "common-sizes"
    var graph = Graph()
    add(scheme: common, words["common_sizes"], to: &graph)
    for band in sizes.common { add(band.code, band.label, of: common, to: &graph) }
    let classes = Dictionary(sizes.common.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    let registers = [
      ("fr-sizes", words["fr_sizes"], sizes.french), ("be-sizes", words["be_sizes"], sizes.belgian),
    ]
    for (id, title, bands) in registers {
      add(scheme: id, title, to: &graph)
      for band in bands.values.sorted(by: { ($0.low ?? -1, $0.code) < ($1.low ?? -1, $1.code) }) {
        add(band.code, band.label, of: id, to: &graph)
        // Of two bands that say nothing of the headcount, neither holds the other.
        let whole = classes[band.common]
        let match =
          band.low == nil
          ? "skos:closeMatch"
          : band.low == whole?.low && band.high == whole?.high ? "skos:exactMatch" : "skos:broadMatch"
        graph.add(concept(id, band.code), match, iri: concept(common, band.common))
      }
    }
    return graph
  }
}
