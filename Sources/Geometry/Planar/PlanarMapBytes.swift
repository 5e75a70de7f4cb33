extension PlanarMap {
  /// The map as bytes, to be read again at once: whole numbers of 32 bits, the lowest byte first.
  package var bytes: [UInt8] {
    var words: [Int32] = [Self.mark, Int32(count), Int32(arcCount), Int32(points.count)]
    let step = grid.step.bitPattern
    words += [Int32(truncatingIfNeeded: step), Int32(truncatingIfNeeded: step >> 32)]
    words += starts
    words += left
    words += right
    words.reserveCapacity(words.count + 2 * points.count)
    for point in points {
      words.append(point.x)
      words.append(point.y)
    }
    return words.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  /// Nil where the bytes are no map: of another version, or damaged.
  package init?(bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 24, bytes.count % 4 == 0 else { return nil }
    var words = [Int32](repeating: 0, count: bytes.count / 4)
    words.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    for index in words.indices { words[index] = Int32(littleEndian: words[index]) }
    let (count, arcs, length) = (Int(words[1]), Int(words[2]), Int(words[3]))
    guard words[0] == Self.mark, count >= 0, arcs >= 0, length >= 0,
      words.count == 6 + (arcs + 1) + 2 * arcs + 2 * length
    else { return nil }
    let step = Double(
      bitPattern: UInt64(UInt32(bitPattern: words[4])) | UInt64(UInt32(bitPattern: words[5])) << 32)
    let starts = Array(words[6..<7 + arcs])
    let left = Array(words[7 + arcs..<7 + 2 * arcs])
    let right = Array(words[7 + 2 * arcs..<7 + 3 * arcs])
    let first = 7 + 3 * arcs
    guard step > 0, step.isFinite, starts.first == 0, starts.last == Int32(length),
      zip(starts, starts.dropFirst()).allSatisfy({ Int($0) + 2 <= Int($1) }),
      (left + right).allSatisfy({ -1 <= $0 && Int($0) < count })
    else { return nil }
    let points = (0..<length).map { GridPoint(words[first + 2 * $0], words[first + 2 * $0 + 1]) }
    guard points.allSatisfy(\.isWithinGrid) else { return nil }
    self.init(grid: Grid(step: step), count: count, points: points, starts: starts, left: left, right: right)
  }

  /// Four letters and the version of what follows.
  private static let mark: Int32 = 0x4553_4d01
}
