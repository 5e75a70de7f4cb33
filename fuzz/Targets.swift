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
  case "scanner": tryScanners(bytes)
  case "table": tryTable(bytes)
  case "number": tryNumber(bytes)
  default: fatalError("ESSOR_FUZZ is zip, scanner, table or number")
  }
  return 0
}

private let target = getenv("ESSOR_FUZZ").map { String(cString: $0) } ?? ""

/// What came of an attempt: a value, or the code of the problem that refused it.
private func outcome<Value>(_ body: () throws -> Value) -> (value: Value?, code: String?) {
  do { return (try body(), nil) } catch let problem as Problem { return (nil, problem.code) } catch {
    fatalError("only problems are thrown, not \(error)")
  }
}

// MARK: - Zip, gzip, deflate

/// One file for all inputs, in memory where the machine allows, and without a name.
private let descriptor: CInt = {
  var template = Array("\(Folder.exists("/dev/shm") ? "/dev/shm" : "/tmp")/essor-fuzz-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  guard descriptor >= 0, unlink(template) == 0 else { fatalError("no file: \(String(cString: strerror(errno)))") }
  return descriptor
}()

/// Deflate makes a thousand bytes of one; that much is read of an entry and no more.
private let mostBytes = 1 << 20

/// Any bytes as an archive: every entry is read to its end. Any bytes as a deflate stream: what comes out does
/// not depend on how the bytes come in.
private func tryZip(_ bytes: [UInt8]) {
  guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
    fatalError("the file in memory cannot be written")
  }
  _ = outcome {
    let container = try Container.open("/proc/self/fd/\(descriptor)")
    guard case .zip(let archive) = container else { return }
    for entry in archive.entries.prefix(20) {
      let (content, _) = outcome { try inflated(archive.stream(entry), piece: 1 << 16) }
      precondition(
        content.map { $0.count == entry.size || $0.count > mostBytes } ?? true, "an entry that ends well has its size")
    }
  }
  for wrapping in [InflatingStream.Wrapping.gzip, .raw] {
    let results = [(step: Int.max, piece: 1 << 16), (step: 1, piece: 3)].map { step, piece in
      let source = MemoryStream(Array(bytes.prefix(1_000)), step: step)
      return outcome { try inflated(InflatingStream(source, wrapping, at: source.place), piece: piece) }
    }
    precondition(results[0].code == nil && results[1].code == nil || results[0].value == nil && results[1].value == nil)
    if let one = results[0].value, let other = results[1].value, max(one.count, other.count) < mostBytes {
      precondition(one == other, "what is inflated depends on the pieces")
    }
  }
}

private func inflated(_ stream: any ByteStream, piece: Int) throws -> [UInt8] {
  var all: [UInt8] = []
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 64)
  defer { buffer.deallocate() }
  while all.count <= mostBytes {
    let count = try stream.read(into: buffer)
    if count == 0 { return all }
    precondition(count <= piece)
    all += buffer[..<count]
  }
  return all
}

// MARK: - CSV

private let separators = Array(",;\t|".utf8)

/// Any bytes as records: the fast scanner, where it vouches for its index, agrees with the careful one.
private func tryScanners(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let text = Array(bytes.dropFirst())
  let fields = Int(first % 5) + 2
  let separator = separators[Int(first >> 5) % 4]
  // What stands behind the text may be anything; it is not looked at.
  let padded = text + [UInt8](repeating: first, count: 64)
  var fast = RecordIndex(bytes: 1)
  var careful = RecordIndex(bytes: 1)
  defer {
    fast.deallocate()
    careful.deallocate()
  }
  padded.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    let vouched = fast.scanFast(start, count: text.count, separator: separator, fields: fields)
    careful.scanCarefully(start, count: text.count, separator: separator, fields: fields)
    precondition(careful.endCount == careful.recordCount * fields && careful.consumed <= text.count)
    precondition(careful.lines == text[..<careful.consumed].count { $0 == UInt8(ascii: "\n") })
    guard vouched else { return }
    precondition(fast.recordCount == careful.recordCount && fast.endCount == careful.endCount)
    precondition(fast.consumed == careful.consumed && fast.lines == careful.lines && fast.nul == careful.nul)
    precondition(careful.irregular.isEmpty)
    for i in 0..<fast.endCount { precondition(fast.ends[i] == careful.ends[i]) }
    for i in 0..<fast.recordCount { precondition(fast.starts[i] == careful.starts[i]) }
  }
}

/// Any bytes as a table: it is read or refused, with every field inside the text.
private func tryTable(_ bytes: [UInt8]) {
  var shown = 0
  let (lines, code) = outcome {
    let reader = try TableReader(MemoryStream(bytes, step: 50))
    var lines: [Int] = []
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        let row = batch[record]
        for column in reader.columns.indices { shown += row[column].count }
        precondition(row[-1].isEmpty)
        if record % 8 == 0 { _ = row[reader.columns.count - 1].text.count + batch.source(of: record).utf8.count }
      }
      let those = batch.lines()
      precondition(those.last.map { $0 == batch.line(of: batch.count - 1) } ?? true)
      lines += those
    }
    return lines
  }
  precondition(shown <= bytes.count, "more is shown than there is")
  guard let lines else { return precondition(code?.contains(".") == true) }
  precondition(zip(lines, lines.dropFirst()).allSatisfy { $0 <= $1 }, "lines go up")
  let last = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
  precondition(lines.allSatisfy { 1...last ~= $0 }, "lines are lines of the file")
}

// MARK: - Numbers

/// Any bytes as a number: the reader says what the slow one says.
private func tryNumber(_ bytes: [UInt8]) {
  bytes.withUnsafeBufferPointer { buffer in
    for places in [0, 1, 3] {
      let (read, slow) = (NumberReading.decimal(buffer, places: places), slowNumber(bytes, places: places))
      precondition(read == slow, "\(String(describing: read)) is not \(String(describing: slow))")
    }
  }
}
