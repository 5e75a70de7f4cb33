internal import Geometry
internal import Nomenclature

extension CommuneOutlines {
  /// The same communes, those at the border ending where another country begins.
  ///
  /// Two publishers draw one border twice, each with its detail: here one line lies beyond the other, there before it.
  /// What both have goes to the other country, and what nobody has to the commune here that has most of its shore.
  package func ending(at other: CommuneOutlines) throws -> CommuneOutlines {
    let isNear = map.boxes.meeting(other.map.boxes, within: Self.reach)
    guard isNear.contains(true) else { return self }
    let border = other.map.boxes.meeting(map.boxes, within: Self.reach)
    let abroad = other.map.dissolved(into: border.map { $0 ? 0 : PlanarMap.outside }, count: 1).shapes()[0]

    let count = codes.count
    func keeping(_ isKept: (Int) -> Bool) -> PlanarMap {
      map.dissolved(into: (0..<count).map { isKept($0) ? Int32($0) : PlanarMap.outside }, count: count + 1)
    }
    let geos = try Geos()
    var builder = PlanarBuilder(grid: Self.grid)
    for (index, shape) in keeping({ isNear[$0] }).shapes().enumerated() {
      if index == count {
        builder.add(abroad)
      } else {
        // Nothing is left of what lies abroad as a whole: that is another fault than a line drawn twice.
        builder.add(shape.isEmpty ? shape : try geos.difference(shape, minus: abroad) ?? shape)
      }
    }
    let joined = PlanarMap(
      joining: [keeping { !isNear[$0] }, builder.build(snapping: Self.snapping)], grid: Self.grid,
      count: count + 1, snapping: Self.snapping)
    let strips = joined.gaps().compactMap { gap -> (gap: PlanarMap.Gap, by: Int32)? in
      guard gap.shores[Int32(count)] != nil, gap.area < OutlineFit.largestGap else { return nil }
      let here = gap.shores.filter { $0.key < Int32(count) }
      return here.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { (gap, $0.key) }
    }
    let ours = (0...count).map { $0 < count ? Int32($0) : PlanarMap.outside }
    return CommuneOutlines(
      country: country, codes: codes, map: joined.filled(strips).dissolved(into: ours, count: count),
      isApproximate: isApproximate)
  }

  /// How far apart two drawings of one border may be, in metres.
  private static let reach = 1_000.0
}

extension [Box] {
  /// For each whether one of the others is as near as that, in both directions.
  fileprivate func meeting(_ others: [Box], within reach: Double) -> [Bool] {
    let index = BoxIndex(others)
    return map { !index.meeting($0.grown(by: reach)).isEmpty }
  }
}
