/// Any bytes as a table: the fast scanner, where it vouches for its index, agrees with the careful one, and
/// the rows do not depend on where blocks end.
func tryTable(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let text = Array(bytes.dropFirst())
  compareScanners(text, fields: Int(first % 5) + 2)
  // Blocks end anywhere, but the header, which decides how the rest is read, must stand in the first.
  let size = 16 << Int(first >> 5 & 3)
  guard let end = text.prefix(size).firstIndex(of: UInt8(ascii: "\n")), !text[..<end].contains(UInt8(ascii: "\""))
  else { return _ = rows(text, blockSize: text.count + 1) }
  precondition(rows(text, blockSize: text.count + 1) == rows(text, blockSize: size))
}

private func compareScanners(_ text: [UInt8], fields: Int) {
  let padded = text + [UInt8](repeating: 0, count: 64)
  var fast = RecordIndex(bytes: 64)
  var careful = RecordIndex(bytes: 64)
  defer {
    fast.deallocate()
    careful.deallocate()
  }
  padded.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    let comma = UInt8(ascii: ",")
    guard fast.scanFast(start, count: text.count, separator: comma, fields: fields) else { return }
    careful.scanCarefully(start, count: text.count, separator: comma, fields: fields)
    precondition(fast.recordCount == careful.recordCount && fast.endCount == careful.endCount)
    precondition(fast.consumed == careful.consumed && fast.lines == careful.lines && careful.irregular.isEmpty)
    for i in 0..<fast.endCount { precondition(fast.ends[i] == careful.ends[i]) }
    for i in 0..<fast.recordCount { precondition(fast.starts[i] == careful.starts[i]) }
  }
}

/// All that a reader tells; of a table that is refused, only why and where: how many rows come before depends on
/// the blocks.
private func rows(_ text: [UInt8], blockSize: Int) -> [String] {
  var rows: [String] = []
  var faults: [String] = []
  do {
    let room = ReadAhead.Room(blockSize: blockSize, headroom: text.count, blocks: 2)
    let reader = try TableReader(MemoryStream(text), .init(room: room))
    try reader.forEachBatch { batch in
      let lines = batch.lines()
      for record in 0..<batch.count {
        let fields = reader.columns.indices.map { batch[record][$0].text }
        rows.append("\(lines[record]) \(fields.joined(separator: "\u{1f}"))")
      }
      for fault in batch.faults { faults.append("\(fault.line) \(fault.fields) \(fault.source)") }
    }
    return rows + faults
  } catch let problem as Problem {
    return ["\(problem.code) \(problem.place.line ?? 0)"]
  } catch { preconditionFailure("only problems are thrown") }
}
