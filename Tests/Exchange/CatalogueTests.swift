import Diagnostics
import Indicators
import JSONText
import TestSupport
import Testing
import Wording

@testable import Exchange

/// The catalogue of tables, as harvesters and search engines read it.
@Suite("Catalogue")
struct CatalogueTests {
  private static let base = "https://essor.example/id/"

  private static var words: CatalogueWords {
    get throws { try CatalogueWords(SdmxSample.words) }
  }

  private static func facts(contact: CatalogueFacts.Contact? = nil) -> CatalogueFacts {
    CatalogueFacts(
      base: base, downloads: "https://essor.example/files", publisher: SdmxSample.label("Observatoire"),
      homepage: "https://essor.example/", contact: contact)
  }

  private static func dataset(_ id: String = "T01", unprotected: Bool = false) -> CatalogueDataset {
    CatalogueDataset(
      SdmxSample.table(id, unprotected: unprotected),
      files: [
        PublishedFile("\(id).csv", .csv, .fr, size: 1234, sha256: String(repeating: "ab", count: 32)),
        PublishedFile("\(id).sdmx.csv", .sdmxCSV, size: 99, sha256: String(repeating: "cd", count: 32)),
      ])
  }

  private static func objects(_ node: Graph.Node?, _ predicate: String) -> [Graph.Term] {
    node?.statements.filter { $0.predicate == predicate }.map(\.object) ?? []
  }

  @Test func `a dataset has what DCAT-AP asks for`() throws {
    let graph = Catalogue([Self.dataset()], Self.facts(), try Self.words).graph
    let dataset = try #require(graph["\(Self.base)dataset/T01"])
    for predicate in [
      "dct:title", "dct:description", "dct:identifier", "dcat:keyword", "dct:publisher", "dcat:contactPoint",
      "dcat:theme", "dct:temporal", "dct:spatial", "dct:provenance", "dct:conformsTo", "dcat:version",
      "owl:versionInfo", "dct:accrualPeriodicity", "dcat:distribution", "stat:dimension", "stat:attribute",
      "stat:statUnitMeasure", "stat:numSeries",
    ] {
      #expect(!Self.objects(dataset, predicate).isEmpty, "\(predicate)")
    }
    #expect(Self.objects(dataset, "dct:issued").isEmpty)
    #expect(Self.objects(dataset, "stat:numSeries") == [.typed("8", "xsd:integer")])
    #expect(Self.objects(dataset, "dct:spatial") == [.iri("\(Self.base)area/FR-REG-32")])
    let period = graph["\(Self.base)period/2021-01-01_2022-12-31"]
    #expect(Self.objects(period, "dcat:endDate") == [.typed("2022-12-31", "xsd:date")])
    let file = graph["\(Self.base)distribution/T01.csv"]
    #expect(Self.objects(file, "dcat:downloadURL") == [.iri("https://essor.example/files/T01.csv")])
    #expect(Self.objects(file, "dcat:byteSize") == [.typed("1234", "xsd:nonNegativeInteger")])
    #expect(Self.objects(file, "dct:license").count == 1)
  }

  @Test func `every node that is spoken of is described`() throws {
    let graph = Catalogue([Self.dataset(), Self.dataset("T02")], Self.facts(), try Self.words).graph
    for node in graph.nodes {
      #expect(!Self.objects(node, "rdf:type").isEmpty, "\(node.iri)")
      for case .iri(let iri) in node.statements.map(\.object) where iri.hasPrefix(Self.base) {
        #expect(graph[iri] != nil, "\(iri)")
      }
    }
  }

  @Test func `simulated figures say so, and those for internal use are under no licence`() throws {
    let words = try Self.words
    let graph = Catalogue([Self.dataset(unprotected: true)], Self.facts(), words).graph
    let dataset = graph["\(Self.base)dataset/T01"]
    let french = Self.objects(dataset, "dct:description").compactMap { term -> String? in
      guard case .text(let text, .some(.fr)) = term else { return nil }
      return text
    }
    #expect(french == ["Les chiffres. \(words.simulated.fr)"])
    #expect(Self.objects(graph["\(Self.base)distribution/T01.csv"], "dct:license").isEmpty)
    #expect(Self.objects(graph["\(Self.base)catalogue"], "dct:license").isEmpty)
    guard case .iri(let access)? = Self.objects(dataset, "dct:accessRights").first else {
      Issue.record("no access rights")
      return
    }
    #expect(access.hasSuffix("/NON_PUBLIC"))
  }

  @Test func `without a contact the organisation is named`() throws {
    let words = try Self.words
    let named = Catalogue([Self.dataset()], Self.facts(), words).graph["\(Self.base)contact"]
    #expect(Self.objects(named, "vcard:fn").count == 3)
    #expect(Self.objects(named, "vcard:hasEmail").isEmpty)
    let contact = CatalogueFacts.Contact(name: "Anne", email: "a b@essor.example")
    let written = Catalogue([Self.dataset()], Self.facts(contact: contact), words).graph["\(Self.base)contact"]
    #expect(Self.objects(written, "vcard:hasEmail") == [.iri("mailto:a%20b@essor.example")])
  }

  @Test func `each table is on one page, and pages follow each other`() throws {
    let datasets = (1...41).map { Self.dataset("T\($0)") }
    let words = try Self.words
    let catalogue = Catalogue(datasets, Self.facts(), words)
    #expect(catalogue.pageCount == 3)
    var seen: [Graph.Term] = []
    for number in 1...3 {
      let page = catalogue.page(number, .jsonLD)
      seen += Self.objects(page["\(Self.base)catalogue"], "dcat:dataset")
      let view = page["https://essor.example/files/catalogue-\(number).jsonld"]
      let next = "https://essor.example/files/catalogue-\(number + 1).jsonld"
      #expect(Self.objects(view, "hydra:next") == (number < 3 ? [.iri(next)] : []))
      #expect(Self.objects(view, "hydra:previous").count == (number > 1 ? 1 : 0))
    }
    #expect(seen == datasets.map { Graph.Term.iri("\(Self.base)dataset/\($0.table.id)") })
    #expect(Catalogue([], Self.facts(), words).pageCount == 1)
  }

  @Test func `JSON-LD says each statement of the graph and no other`() throws {
    let graph = Catalogue([Self.dataset()], Self.facts(), try Self.words).graph
    let json = try JSONReader.read(graph.jsonLD, at: Place())
    let nodes = try #require(json["@graph"]?.elements)
    #expect(nodes.compactMap { $0["@id"]?.written } == graph.nodes.map(\.iri))
    for (node, written) in zip(graph.nodes, nodes) {
      var told: [Graph.Statement] = []
      for key in written.keys where key != "@id" {
        for element in written[key]?.elements ?? [] {
          told.append(.init(predicate: key == "@type" ? "rdf:type" : key, object: Self.term(element)))
        }
      }
      let expected = node.statements.map { Graph.Statement(predicate: $0.predicate, object: Self.plain($0.object)) }
      #expect(Set(told) == Set(expected))
    }
  }

  /// Names and addresses are written alike in JSON-LD.
  private static func plain(_ term: Graph.Term) -> Graph.Term {
    if case .name(let name) = term { return .iri(name) }
    return term
  }

  private static func term(_ json: JSONNode) -> Graph.Term {
    if let type = json.written { return .iri(type) }
    if let iri = json["@id"]?.written { return .iri(iri) }
    let value = json["@value"]?.written ?? ""
    if let type = json["@type"]?.written { return .typed(value, type) }
    return .text(value, json["@language"]?.written.flatMap(Language.init(rawValue:)))
  }

  @Test func `Turtle escapes what a string may not hold`() {
    var graph = Graph()
    graph.add("urn:x", type: "dcat:Dataset")
    graph.add("urn:x", "dct:title", .text(SdmxSample.hostile, .nl))
    graph.add("urn:x", "dct:title", .text("b\t\r\u{7f}", nil))
    graph.add("urn:x", "dct:title", .text("b\t\r\u{7f}", nil))
    graph.add("urn:x", "dct:issued", .typed("2024-05-31", "xsd:date"))
    #expect(
      SdmxSample.text(graph.turtle).hasSuffix(
        """

        <urn:x>
          a dcat:Dataset ;
          dct:title "<a & b> \\"c\\" ]]> \\\\ \\u0001\\n😀"@nl, "b\\t\\r\\u007F" ;
          dct:issued "2024-05-31"^^xsd:date .

        """))
  }

  @Test(
    arguments: [
      ("https://a.example/é b", "https://a.example/é%20b"), ("a<b>\"\\^`{|}", "a%3Cb%3E%22%5C%5E%60%7B%7C%7D"),
      ("https://a.example/?q=1&r=%20#x", "https://a.example/?q=1&r=%20#x"),
    ])
  func `an address holds nothing that addresses may not`(given: String, clean: String) {
    #expect(IRI.clean(given) == clean)
  }

  @Test func `schema.org reads the same table`() throws {
    let bytes = SchemaDataset(Self.dataset(), Self.facts(), try Self.words, language: .en).bytes
    let json = try JSONReader.read(bytes, at: Place())
    #expect(json["@type"]?.written == "Dataset")
    #expect(json["name"]?.written == SdmxSample.table().title.en)
    #expect(json["temporalCoverage"]?.written == "2021-01-01/2022-12-31")
    #expect(json["variableMeasured"]?.elements?.compactMap { $0["identifier"]?.written } == ["jobs", "share"])
    #expect(
      json["distribution"]?.elements?.compactMap { $0["contentUrl"]?.written } == [
        "https://essor.example/files/T01.csv", "https://essor.example/files/T01.sdmx.csv",
      ])
    #expect(json["creator"]?["name"]?.written == "Observatoire (en)")
    #expect(json["includedInDataCatalog"]?["@id"]?.written == "\(Self.base)catalogue")
  }
}
