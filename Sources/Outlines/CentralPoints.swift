internal import Diagnostics
internal import Geometry
internal import Nomenclature
internal import Territory

/// The central points of communes, where they are known: a feature that lies far from that of its commune is not where
/// its file says. With x and y exchanged, Belgium lies in Belgium, the other way round.
struct CentralPoints {
  /// In equal-area coordinates, by the position of the commune in the book.
  private var points: [Int: Point] = [:]

  init(_ envelopes: Envelopes, _ book: TerritoryBook, of country: Country) throws(Problem) {
    guard country == .be else { return }  // nobody gives us those of France; there, exchanged axes lead abroad
    let way = try Projection(from: .world, to: .equalArea)
    for (code, point) in envelopes.belgianCentres {
      if let commune = book.belgian[code] { points[commune] = way.transformed([point])?.first }
    }
  }

  /// Nil where the point is not known.
  func distance(of box: Box, from commune: Int) -> Double? { points[commune].map { box.distance(to: $0) } }

  /// From how far on, in metres, a feature is not where its commune is. The rectangle around a Belgian commune holds
  /// its point, but nobody vouches for the points; and a piece may lie far from it, as the port of Antwerp does.
  static func reach(ofParts isPart: Bool) -> Double { isPart ? 25_000 : 10_000 }
}
