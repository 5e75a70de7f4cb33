package import Geometry

/// How well the outlines of a file fit together: what lies between communes and in none, what lies in two.
package struct OutlineFit: Sendable {
  /// Holes in the whole that are too small to be another country's.
  package let gaps: Int
  package let overlapHectares: Int

  /// Enclaves are larger: the smallest of Baarle are measured in hectares, but lie within one commune.
  static let largestGap = 1_000_000.0

  /// `pieces` are the shapes of which the outlines were made, in equal-area coordinates.
  package init(_ outlines: CommuneOutlines, pieces: [Shape]) throws {
    gaps = outlines.map.gaps().count { $0.area < Self.largestGap }
    let covered = try Geos().union(of: pieces)?.area ?? 0
    let sum = pieces.map(\.area).reduce(0, +)
    overlapHectares = Int(max(0, sum - covered) / 10_000)
  }
}
