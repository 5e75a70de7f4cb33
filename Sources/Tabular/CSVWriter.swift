package import Diagnostics

/// Rows of a CSV table, built byte by byte in one block of memory and handed on when it is full.
///
/// Meant for millions of rows: values are ASCII digits and byte runs, never `String`. The writer
/// knows nothing of columns; whoever fills a row puts its separators. A row may have `longestRow`
/// bytes.
package struct CSVWriter: ~Copyable {
  package static let longestRow = 1 << 14
  @usableFromInline static let blockSize = 1 << 18

  @usableFromInline let memory: UnsafeMutablePointer<UInt8>
  @usableFromInline var next: UnsafeMutablePointer<UInt8>
  @usableFromInline var rowStart: UnsafeMutablePointer<UInt8>
  @usableFromInline let sink: any ByteSink
  /// Rows ended so far, without the header.
  @usableFromInline package var rows = 0

  package init(to sink: any ByteSink) {
    memory = .allocate(capacity: Self.blockSize + Self.longestRow)
    next = memory
    rowStart = memory
    self.sink = sink
  }

  deinit { memory.deallocate() }

  /// The first line, which is not counted as a row.
  package mutating func header(_ line: String) throws(Problem) {
    var line = line
    line.withUTF8 { bytes($0) }
    byte(UInt8(ascii: "\n"))
    rowStart = next
  }

  @inlinable @inline(__always)
  package mutating func byte(_ byte: UInt8) {
    next.pointee = byte
    next += 1
  }

  /// Ends a field, and with a larger count leaves as many fields less one empty.
  @inlinable @inline(__always)
  package mutating func commas(_ count: Int) {
    next.update(repeating: UInt8(ascii: ","), count: count)
    next += count
  }

  @inlinable @inline(__always)
  package mutating func comma() { byte(UInt8(ascii: ",")) }

  @inlinable @inline(__always)
  package mutating func bytes(_ bytes: UnsafeBufferPointer<UInt8>) {
    precondition(next - rowStart + bytes.count <= Self.longestRow, "a row longer than its room")
    guard let start = bytes.baseAddress else { return }
    next.update(from: start, count: bytes.count)
    next += bytes.count
  }

  /// A word of the program: the compiler knows its length.
  @inlinable @inline(__always)
  package mutating func text(_ text: StaticString) {
    next.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    next += text.utf8CodeUnitCount
  }

  /// A whole number, as short as it can be.
  @inlinable
  package mutating func number(_ value: Int) {
    var rest = value.magnitude
    if value < 0 { byte(UInt8(ascii: "-")) }
    if rest < 10 { return byte(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)) }
    var width = 1
    var power: UInt = 10
    while rest >= power, width < 19 {
      width += 1
      power = power &* 10
    }
    var place = next + width
    next = place
    while place > next - width {
      place -= 1
      place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// A code of a fixed number of digits, with its leading zeros.
  @inlinable @inline(__always)
  package mutating func digits(_ value: Int, _ width: Int) {
    var rest = UInt(bitPattern: value)
    var place = next + width
    next = place
    for _ in 0..<width {
      place -= 1
      place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  @inlinable
  package mutating func endRow() throws(Problem) {
    byte(UInt8(ascii: "\n"))
    rows += 1
    rowStart = next
    if next - memory >= Self.blockSize - Self.longestRow { try flush() }
  }

  /// Hands over what is there, full block or not.
  package mutating func flush() throws(Problem) {
    try sink.write(UnsafeRawBufferPointer(start: memory, count: next - memory))
    next = memory
    rowStart = memory
  }
}
