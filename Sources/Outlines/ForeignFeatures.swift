internal import Diagnostics
internal import Geometry
internal import Nomenclature
internal import Territory

/// A file covers one country: what it has of the other cannot be told from it as surely, and is imported by itself.
extension BoundaryReading {
  /// The positions of the features that lie where the other country has a commune of their code, and not where this one
  /// has. A few are neighbours across the border; of more than one in a hundred, the file is of both countries.
  static func foreign(
    _ layer: Layer, _ column: CodeColumn, _ places: [Point?], _ matches: [Result<Match, Reason>],
    _ expected: CommunePlaces, _ envelopes: Envelopes, _ book: TerritoryBook, _ path: String
  ) throws(Problem) -> Set<Int> {
    let other: Country = column.country == .fr ? .be : .fr
    let positions = other == .fr ? book.french : book.belgian
    let abroad = try CommunePlaces(envelopes, book, of: other, seenBy: [])
    let way = try Projection(from: .world, to: .equalArea)
    var found: Set<Int> = []
    for (index, feature) in layer.features.enumerated() {
      guard let value = feature.values[column.name], let code = CodeColumn.code(value, of: other),
        let commune = positions[code], let there = places[index], let place = way.transformed([there])?.first,
        abroad.isNear(place, to: commune)
      else { continue }
      if case .success(let own) = matches[index], expected.isNear(place, to: own.position) { continue }
      found.insert(index)
    }
    guard found.count * 100 <= layer.features.count else {
      throw Problem(
        "boundaries.two_countries", at: Place(file: path, line: found.min().map { layer.features[$0].line }),
        [
          "foreign": "#\(found.count)", "count": "#\(layer.features.count)",
          "country": "@country.\(column.country.rawValue)", "other": "@country.\(other.rawValue)",
        ])
    }
    return found
  }
}
