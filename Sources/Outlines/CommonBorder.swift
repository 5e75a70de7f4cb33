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

    let geos = try Geos()
    var cut: [Int: Shape] = [:]
    for (index, shape) in keeping({ isNear[$0] }).shapes().enumerated() where isNear[index] {
      // Nothing is left of what lies abroad as a whole: that is another fault than a line drawn twice.
      cut[index] = try geos.difference(shape, minus: abroad) ?? shape
    }
    let joined = replacing(cut, more: [abroad])
    let there = Int32(codes.count)
    let strips = joined.gaps().compactMap { gap -> (gap: PlanarMap.Gap, by: Int32)? in
      guard gap.shores[there] != nil, gap.area < OutlineFit.largestGap else { return nil }
      return gap.longestShore { $0 < there }.map { (gap, $0) }
    }
    let ours = (0...there).map { $0 < there ? $0 : PlanarMap.outside }
    return with(map: joined.filled(strips).dissolved(into: ours, count: codes.count))
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
