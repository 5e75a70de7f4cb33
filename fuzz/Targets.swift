import Glibc

/// What libFuzzer calls with each input; ESSOR_FUZZ says which reader is tried.
///
/// A reader may refuse an input with a `Problem`. It may not crash, read beyond its memory, or contradict
/// another implementation of the same thing: those end the run.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  switch target {
  case "zip": tryZip(bytes)
  case "table": tryTable(bytes)
  default: tryNumber(bytes)
  }
  return 0
}

private let target = getenv("ESSOR_FUZZ").map { String(cString: $0) } ?? "table"
private let path = "/tmp/essor-fuzz-\(getpid())"

/// Any bytes as an archive: every entry is read to its end.
private func tryZip(_ bytes: [UInt8]) {
  do {
    try Folder.write(bytes, to: path)
    let archive = try ZipArchive(ReadableFile(path))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
    defer { buffer.deallocate() }
    for entry in archive.entries.prefix(20) {
      do {
        let stream = try archive.stream(entry)
        var total = 0
        while true {
          let read = try stream.read(into: buffer)
          if read == 0 { break }
          total += read
        }
        precondition(total == entry.size, "an entry that ends well has the size that it promised")
      } catch {}  // refused, as it may be
    }
  } catch {}
}

/// Any bytes as a table: the fast scanner, where it vouches for its index, agrees with the careful one, and
/// the rows do not depend on where blocks end.
private func tryTable(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let text = Array(bytes.dropFirst())
  let fields = Int(first % 5) + 2
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
  // Whole readers are slow to set up: one input in eight.
  if first & 0x70 == 0 { precondition(rows(text, step: .max) == rows(text, step: 7)) }
}

private func rows(_ text: [UInt8], step: Int) -> [String] {
  var rows: [String] = []
  do {
    let reader = try TableReader(MemoryStream(text, step: step))
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        rows.append(reader.columns.indices.map { batch[record][$0].text }.joined(separator: "\u{1f}"))
      }
      for fault in batch.faults { rows.append("fault \(fault.line) \(fault.fields) \(fault.source)") }
    }
  } catch let problem as Problem {
    rows.append("\(problem.code) \(problem.place.line ?? 0)")
  } catch { preconditionFailure("only problems are thrown") }
  return rows
}

/// Any bytes as a number: plain digits read as themselves, and printing what was read reads the same.
private func tryNumber(_ bytes: [UInt8]) {
  bytes.withUnsafeBufferPointer { buffer in
    for places in [0, 1, 2] {
      guard let value = NumberReading.decimal(buffer, places: places) else { continue }
      let isPlain = !bytes.isEmpty && bytes.allSatisfy { (0x30...0x39).contains($0) }
      if isPlain, places == 0 { precondition(Int64(String(decoding: bytes, as: UTF8.self)) == value) }
      let printed = Array(String(value).utf8)
      printed.withUnsafeBufferPointer { again in
        // The greatest numbers have no room for what rounding might add.
        if value.magnitude < UInt64(Int64.max / 10) {
          precondition(NumberReading.decimal(again, places: 0) == value)
        }
      }
    }
  }
}
