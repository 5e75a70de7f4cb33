import Diagnostics
import Filesystem
import Geometry
import Nomenclature
import Outlines
import Territory
import TestSupport
import Testing
import Wording

/// What is drawn of territories that overlap, or reach beyond the one that is asked for.
@Suite("Sets of outlines")
struct OutlineSetTests {
  /// A square for each commune, side by side.
  private static func squares(_ codes: [String], _ book: TerritoryBook) throws -> CommuneOutlines {
    let pieces = try codes.enumerated().map { rank, code in
      let commune = try #require(book.belgian[code])
      return (commune: commune, shape: SmallLayer.square(Point(4_000_000 + 5000 * Double(rank), 3_000_000), 5000))
    }
    return CommuneOutlines(pieces, of: .be, book)
  }

  private static func book(_ zones: [String: [String]]) throws -> TerritoryBook {
    let folder = try TemporaryFolder()
    for (name, codes) in zones {
      let rows = codes.map { "BE-COM-\($0),\n" }.joined()
      try folder.write("\(name).csv", "# title_fr: Essai\n# author: Moi\ncode,name\n" + rows)
    }
    return try withExtendedLifetime(folder) { try TerritoryBook(Checkout.installation, made: [folder.path]) }
  }

  @Test func `several territories together are one outline, or those of their communes`() throws {
    let book = try Self.book([:])
    let sources = [try Self.squares(["92003", "92006", "93088"], book)]
    let members = try ["BE-COM-92003", "BE-COM-92006"].map { try #require(book[$0]) }
    let group = try #require(Territory.group(members))
    let one = try OutlineSet(group, level: .zone, sources, book)
    #expect(one.outlines.map(\.territory) == [group] && one.missing.isEmpty)
    let each = try OutlineSet(group, level: .commune, sources, book)
    #expect(each.outlines.map(\.territory.code) == members.map(\.code))
  }

  @Test func `zones that overlap are drawn one at a time, others together`() throws {
    let book = try Self.book([
      "essai-un": ["92003", "92006"], "essai-deux": ["92006", "92094"], "essai-trois": ["93088"],
    ])
    let sources = [try Self.squares(["92003", "92006", "92094", "93088"], book)]
    func set(_ code: String) throws -> OutlineSet {
      try OutlineSet(#require(book[code]), level: .zone, sources, book)
    }
    let problem = expectProblem("outlines.overlap") { _ = try set("BE-PRO-90000") }
    #expect(
      Set([problem?.facts["territory"], problem?.facts["other"]]) == ["ZONE-ESSAI-UN", "ZONE-ESSAI-DEUX"])
    expectProblem("outlines.overlap") {
      try OutlineSet.check(#require(book["BE-ARR-92000"]), level: .zone, book)
    }
    let one = try set("ZONE-ESSAI-UN")
    #expect(one.outlines.map(\.territory.code) == ["ZONE-ESSAI-UN"])
    #expect(one.map.doubledAreas == [10_000_000_000], "whole: 50 km²")
    #expect(try set("BE-ARR-93000").outlines.map(\.territory.code) == ["ZONE-ESSAI-TROIS"])
  }

  @Test func `what lies in the territory with a part only is marked`() throws {
    let book = try Self.book(["essai": ["92003", "93088"]])
    let sources = [try Self.squares(["92003", "92006", "93088"], book)]
    func parts(_ code: String, _ level: Territory.Level) throws -> [Bool] {
      try OutlineSet(#require(book[code]), level: level, sources, book).outlines.map(\.isPart)
    }
    #expect(try parts("BE-ARR-92000", .province) == [true])
    #expect(try parts("BE-ARR-92000", .arrondissement) == [false])
    #expect(try parts("BE-PRO-90000", .arrondissement) == [false, false])
    #expect(try parts("BE-ARR-92000", .commune) == [false, false])
    #expect(try parts("BE-ARR-92000", .zone) == [true])
    #expect(try parts("ZONE-ESSAI", .zone) == [false])

    let envelopes = try Envelopes(share: Checkout.installation.share)
    let words = try Words(share: Checkout.installation.share, language: .fr)
    for format in [OutlineDocument.Format.geojson, .topojson] {
      func text(_ code: String) throws -> String {
        let set = try OutlineSet(#require(book[code]), level: .province, sources, book)
        return String(
          decoding: try OutlineDocument(set, format, epsg: nil, envelopes, words).bytes(format), as: UTF8.self)
      }
      #expect(try text("BE-ARR-92000").contains("\"part\":true"))
      #expect(try !text("BE-PRO-90000").contains("\"part\""))
    }
  }

  /// From the middle of the Earth, with a height, and of heights alone.
  @Test(arguments: [4978, 4979, 5710]) func `a system that gives no map is refused`(epsg: Int) throws {
    let book = try Checkout.territories
    let set = try OutlineSet(
      #require(book["BE-ARR-92000"]), level: .commune, [try Self.squares(["92003"], book)], book)
    let envelopes = try Envelopes(share: Checkout.installation.share)
    let words = try Words(share: Checkout.installation.share, language: .fr)
    let problem = expectProblem("projection.not_flat") {
      _ = try OutlineDocument(set, .geojson, epsg: epsg, envelopes, words)
    }
    #expect(problem?.status == .commandLine && problem?.facts["code"] == String(epsg))
    _ = try OutlineDocument(set, .geojson, epsg: 4258, envelopes, words)
  }
}
