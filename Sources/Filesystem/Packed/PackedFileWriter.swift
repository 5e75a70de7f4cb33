internal import Diagnostics

/// Gathers the parts of a packed file and writes them: the same parts give the same bytes.
package struct PackedFileWriter {
  private let format: PackedFile.Format
  private var parts: [(number: UInt32, width: Int, write: (WritableFile) throws -> Void, length: Int)] = []

  package init(_ format: PackedFile.Format) { self.format = format }

  package mutating func add<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ number: UInt32, _ numbers: [Element]
  ) {
    precondition(!parts.contains { $0.number == number }, "a part is written once")
    let write = { (file: WritableFile) throws in
      var failure: Problem?
      numbers.withUnsafeBytes { bytes in
        do throws(Problem) { try file.write(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
    let width = MemoryLayout<Element>.stride
    parts.append((number, width, write, numbers.count * width))
  }

  /// A part of so many numbers that is made when it is written, in as many pieces as it likes: it need not be in memory.
  package mutating func add<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ number: UInt32, _: Element.Type, count: Int, _ make: @escaping (_ put: ([Element]) throws -> Void) throws -> Void
  ) {
    precondition(!parts.contains { $0.number == number }, "a part is written once")
    let width = MemoryLayout<Element>.stride
    let write = { (file: WritableFile) throws in
      var written = 0
      try make { numbers in
        written += numbers.count
        precondition(written <= count, "a part is as long as was said")
        try numbers.withUnsafeBytes { bytes throws in try file.write(bytes) }
      }
      precondition(written == count, "a part is as long as was said")
    }
    parts.append((number, width, write, count * width))
  }

  package mutating func add(_ number: UInt32, _ texts: TextsBuilder) {
    add(number, texts.starts)
    add(number + 1, texts.bytes)
  }

  package func write(to path: String) throws {
    var table: [UInt8] = []
    var end = PackedFile.headSize + parts.count * PackedFile.entrySize
    var gaps: [Int] = []
    for part in parts {
      let start = (end + PackedFile.alignment - 1) / PackedFile.alignment * PackedFile.alignment
      gaps.append(start - end)
      table += Self.bytes(part.number) + Self.bytes(UInt32(part.width))
      table += Self.bytes(UInt64(start)) + Self.bytes(UInt64(part.length))
      end = start + part.length
    }
    let head =
      Array(format.letters.utf8) + Self.bytes(format.version) + Self.bytes(UInt32(parts.count))
      + Self.bytes(UInt64(end))
    let checksum = head.withUnsafeBytes { head in
      table.withUnsafeBytes { PackedFile.checksum(head[...], $0[...]) }
    }
    let file = try WritableFile(path)
    try file.write(head + Self.bytes(checksum) + table)
    for (part, gap) in zip(parts, gaps) {
      try file.write([UInt8](repeating: 0, count: gap))
      try part.write(file)
    }
    try file.finish()
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
