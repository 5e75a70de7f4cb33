import Nomenclature
import TestSupport
import Testing

@testable import Exchange

/// The nomenclatures as SKOS: nothing hangs in the air, and each country's codes meet in what both share.
@Suite("SKOS")
struct SkosTests {
  private static let base = "urn:essor:"

  private static func files() throws -> [Skos.File] {
    Skos(try Checkout.nomenclatures, base: base, try SkosWords(SdmxSample.words)).files
  }

  private static func objects(_ node: Graph.Node, _ predicate: String) -> [String] {
    node.statements.filter { $0.predicate == predicate }.compactMap { statement in
      guard case .iri(let iri) = statement.object else { return nil }
      return iri
    }
  }

  private static let matches = ["skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:relatedMatch"]

  @Test func `every concept has its names, its scheme and its place`() throws {
    for file in try Self.files() {
      for node in file.graph.nodes where node.iri.contains(":concept/") {
        #expect(node.statements.filter { $0.predicate == "skos:prefLabel" }.count == 3, "\(node.iri)")
        #expect(Self.objects(node, "skos:inScheme").allSatisfy { file.graph[$0] != nil }, "\(node.iri)")
        let above = Self.objects(node, "skos:broader") + Self.objects(node, "skos:topConceptOf")
        #expect(above.count == 1, "\(node.iri)")
        for parent in Self.objects(node, "skos:broader") {
          let narrower = file.graph[parent].map { Self.objects($0, "skos:narrower") } ?? []
          #expect(narrower.contains(node.iri), "\(node.iri)")
        }
      }
    }
  }

  @Test func `a correspondence leads to a concept that is described`() throws {
    let files = try Self.files()
    let concepts = Set(files.flatMap(\.graph.nodes).map(\.iri))
    var count = 0
    for node in files.flatMap(\.graph.nodes) {
      for match in Self.matches {
        for target in Self.objects(node, match) {
          count += 1
          #expect(concepts.contains(target), "\(node.iri) \(match) \(target)")
        }
      }
    }
    #expect(count > 600)
  }

  @Test(
    arguments: [
      ("fr-sizes/11", "skos:exactMatch", "common-sizes/S2"), ("fr-sizes/01", "skos:broadMatch", "common-sizes/S1"),
      ("fr-sizes/NN", "skos:closeMatch", "common-sizes/SX"), ("be-sizes/7", "skos:exactMatch", "common-sizes/S6"),
      ("naf-rev2/88", "skos:exactMatch", "a88/88"), ("nacebel-2025/88", "skos:closeMatch", "a88/88"),
      ("naf-rev2/A", "skos:exactMatch", "a21/A"), ("a88/88", "skos:broadMatch", "a17/OQ"),
      ("ess-families/association", "skos:closeMatch", "common-families/F1"),
      ("ess-families/cooperative", "skos:closeMatch", "common-families/F2"),
    ])
  func `a code is what it should be in the other scheme`(code: String, match: String, other: String) throws {
    let address = "\(Self.base)concept/\(code)"
    let node = try #require(try Self.files().compactMap { $0.graph[address] }.first { !Self.matched($0).isEmpty })
    #expect(Self.objects(node, match).contains("\(Self.base)concept/\(other)"))
  }

  private static func matched(_ node: Graph.Node) -> [String] { matches.flatMap { objects(node, $0) } }
}
