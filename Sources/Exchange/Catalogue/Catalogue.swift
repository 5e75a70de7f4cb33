import Indicators
import Wording

/// All tables of a release as DCAT-AP 3, in pages that harvesters follow one to the next.
package struct Catalogue: Sendable {
  package enum Syntax: String, Sendable, CaseIterable {
    case turtle = "ttl"
    case jsonLD = "jsonld"

    package func bytes(_ graph: Graph) -> [UInt8] { self == .turtle ? graph.turtle : graph.jsonLD }
  }

  package static let datasetsOfPage = 20

  private let datasets: [CatalogueDataset]
  private let facts: CatalogueFacts
  private let words: CatalogueWords

  package init(_ datasets: [CatalogueDataset], _ facts: CatalogueFacts, _ words: CatalogueWords) {
    self.datasets = datasets
    self.facts = facts
    self.words = words
  }

  /// At least one, were it empty.
  package var pageCount: Int { max(1, (datasets.count + Self.datasetsOfPage - 1) / Self.datasetsOfPage) }

  package static func fileName(page: Int, _ syntax: Syntax) -> String { "catalogue-\(page).\(syntax.rawValue)" }

  /// The whole catalogue as one graph.
  package var graph: Graph {
    var graph = Graph()
    describe(&graph)
    for dataset in datasets { add(dataset, to: &graph) }
    return graph
  }

  /// A page, from 1: the catalogue, some of its tables, and where the others are. Pages of one syntax lead to pages of
  /// the same.
  package func page(_ page: Int, _ syntax: Syntax) -> Graph {
    var graph = Graph()
    describe(&graph)
    func address(_ page: Int) -> String { facts.download(Self.fileName(page: page, syntax)) }
    let view = address(page)
    graph.add(facts.catalogue, type: "hydra:Collection")
    graph.add(facts.catalogue, "hydra:totalItems", .typed(String(datasets.count), "xsd:integer"))
    graph.add(facts.catalogue, "hydra:view", iri: view)
    graph.add(view, type: "hydra:PartialCollectionView")
    graph.add(view, "hydra:first", iri: address(1))
    if page > 1 { graph.add(view, "hydra:previous", iri: address(page - 1)) }
    if page < pageCount { graph.add(view, "hydra:next", iri: address(page + 1)) }
    graph.add(view, "hydra:last", iri: address(pageCount))
    let start = (page - 1) * Self.datasetsOfPage
    for dataset in datasets.dropFirst(start).prefix(Self.datasetsOfPage) { add(dataset, to: &graph) }
    return graph
  }

  private func add(_ dataset: CatalogueDataset, to graph: inout Graph) {
    let description = DatasetDescription(facts: facts, words: words)
    graph.add(facts.catalogue, "dcat:dataset", iri: description.address(dataset.table))
    description.write(dataset, to: &graph)
  }

  private func describe(_ graph: inout Graph) {
    let node = facts.catalogue
    let agents = Agents(facts: facts)
    graph.add(node, type: "dcat:Catalog")
    graph.add(node, "dct:title", words.title)
    graph.add(node, "dct:description", words.description)
    graph.add(node, "dct:publisher", iri: agents.publisher(&graph))
    if datasets.allSatisfy({ !$0.table.origin.isUnprotected }) {
      graph.add(node, "dct:license", iri: agents.licence(&graph))
    }
    for language in Language.allCases { graph.add(node, "dct:language", iri: Agents.language(language, &graph)) }
    let themes = Vocabulary.Authority.theme.address
    graph.add(node, "dcat:themeTaxonomy", iri: themes)
    graph.add(themes, type: "skos:ConceptScheme")
    graph.add(themes, "dct:title", .text("Data theme", .en))
    if let homepage = facts.homepage {
      graph.add(node, "foaf:homepage", iri: homepage)
      graph.add(homepage, type: "foaf:Document")
    }
    if let issued = facts.issued { graph.add(node, "dct:issued", .typed(issued, "xsd:date")) }
    if let day = datasets.compactMap(\.table.origin.releaseDay).max() {
      graph.add(node, "dct:modified", .typed(day, "xsd:date"))
    }
  }
}
