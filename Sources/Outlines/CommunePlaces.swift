internal import Diagnostics
internal import Geometry
internal import Nomenclature
internal import Territory

/// Where communes lie, as far as that is known without their outlines: the central point of a Belgian one, the frame of
/// the département of a French one. A feature that lies far from there is not where its file says: with x and y
/// exchanged, Belgium lies in Belgium, the other way round, and Perpignan in the sea off Vendée.
struct CommunePlaces {
  /// A feature of which the commune is known.
  struct Witness {
    let commune: Int
    /// Under the code that the commune has today.
    let isWhole: Bool
    /// Around the feature, in the coordinates of the file.
    let box: Box
  }

  /// In equal-area coordinates, by the position of the commune in the book.
  private var frames: [Int: Box] = [:]
  private var witnesses: [Witness] = []
  private let envelopes: Envelopes
  /// Statistical sectors, for one: each feature is a small piece of its commune.
  private let isOfParts: Bool

  init(
    _ envelopes: Envelopes, _ book: TerritoryBook, of country: Country, seenBy features: [Witness]
  ) throws(Problem) {
    self.envelopes = envelopes
    isOfParts = features.count >= 2 * Set(features.map(\.commune)).count
    let way = try Projection(from: .world, to: .equalArea)
    switch country {
    case .be:
      for (code, point) in envelopes.belgianCentres {
        if let commune = book.belgian[code], let place = way.transformed([point]) { frames[commune] = Box(place) }
      }
    case .fr:
      var departements: [String: Box] = [:]
      for (code, frame) in envelopes.departements {
        if let places = way.transformed(Self.rim(of: frame)) { departements[code] = Box(places) }
      }
      for (position, commune) in book.communes.enumerated() where commune.code.hasPrefix("FR-") {
        let isOverseas = commune.official.hasPrefix("97")
        frames[position] = departements[String(commune.official.prefix(isOverseas ? 3 : 2))]
      }
    }
    witnesses = features.filter { frames[$0.commune] != nil }
  }

  /// Corners and middles of the sides, which are bent in another system.
  private static func rim(of frame: Box) -> [Point] {
    let xs = [frame.west, frame.centre.x, frame.east]
    return [frame.south, frame.centre.y, frame.north].flatMap { y in xs.map { Point($0, y) } }
  }

  /// How far from its commune something lies, in metres; nil where it is not known where that is.
  func distance(of box: Box, from commune: Int) -> Double? { frames[commune].map { $0.distance(to: box) } }

  /// Does a place lie there, or as near as a piece of the commune may?
  func isNear(_ place: Point, to commune: Int) -> Bool {
    distance(of: Box([place]), from: commune).map { !isFar($0, isWhole: false) } ?? false
  }

  /// From how far on a feature is not where its commune is. The rectangle around a Belgian commune holds its point, but
  /// nobody vouches for the points; and a piece may lie far from it, as the port of Antwerp does.
  func isFar(_ distance: Double, isWhole: Bool) -> Bool { distance > (isOfParts || !isWhole ? 25_000 : 10_000) }

  /// Would nearly all features lie near their commune in that system, as they are or with x and y exchanged?
  func suit(_ reference: SpatialReference, exchanged: Bool = false) -> Bool {
    guard !witnesses.isEmpty, let way = try? Projection(from: reference, to: .equalArea) else { return false }
    let near = witnesses.count { witness in
      let rim = Self.rim(of: witness.box).map { exchanged ? Point($0.y, $0.x) : $0 }
      guard let places = way.transformed(rim), let distance = distance(of: Box(places), from: witness.commune) else {
        return false
      }
      return !isFar(distance, isWhole: witness.isWhole)
    }
    return near * 10 >= witnesses.count * 9
  }

  /// The usual projections that suit.
  var projections: [Int] {
    envelopes.projections(for: witnesses.map(\.box.centre)).filter { suit(SpatialReference(epsg: $0)) }
  }
}
