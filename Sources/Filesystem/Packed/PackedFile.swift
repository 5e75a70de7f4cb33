package import Diagnostics

/// A file of numbered parts, each an array of numbers, made to be mapped: opening it reads its first page.
///
/// Numbers are little-endian, as those of every machine that Essor is built for. The head is checked whole when the
/// file is opened; what the parts say is checked where it is used, so that a damaged file is told and never obeyed.
package struct PackedFile: Sendable {
  /// What kind of file it is: eight letters and the version of its layout.
  package struct Format: Sendable {
    package let letters: String
    package let version: UInt32

    package init(_ letters: String, version: UInt32) {
      precondition(letters.utf8.count == 8, "eight letters name a format")
      self.letters = letters
      self.version = version
    }
  }

  /// Letters, version, how many parts, length of the file, checksum.
  static let headSize = 32
  /// Number of the part, size of an element, where it begins, how many bytes.
  static let entrySize = 24
  /// Parts begin at multiples of this: whatever their elements, they are aligned.
  static let alignment = 64

  private struct Part {
    let number: UInt32
    let width: UInt32
    let offset: Int
    let length: Int
  }

  package let file: MappedFile
  private let parts: [Part]

  package init(_ path: String, _ format: Format) throws(Problem) {
    file = try MappedFile(path)
    let bytes = file.bytes
    let place = Place(file: path)
    guard bytes.count >= Self.headSize else { throw Problem("packed.damaged", at: place) }
    guard bytes[..<8].elementsEqual(format.letters.utf8) else { throw Problem("packed.damaged", at: place) }
    func number<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _: T.Type) -> T {
      bytes.loadUnaligned(fromByteOffset: offset, as: T.self)
    }
    let version = number(8, UInt32.self)
    guard version == format.version else {
      throw Problem("packed.version", at: place, ["found": String(version), "known": String(format.version)])
    }
    let count = Int(number(12, UInt32.self))
    let head = Self.headSize + count * Self.entrySize
    guard number(16, UInt64.self) == UInt64(bytes.count), head <= bytes.count,
      number(24, UInt64.self) == Self.checksum(bytes[..<24], bytes[Self.headSize..<head])
    else { throw Problem("packed.damaged", at: place) }
    var parts: [Part] = []
    for entry in 0..<count {
      let start = Self.headSize + entry * Self.entrySize
      let (offset, length) = (number(start + 8, UInt64.self), number(start + 16, UInt64.self))
      guard offset <= UInt64(bytes.count), length <= UInt64(bytes.count) - offset else {
        throw Problem("packed.damaged", at: place)
      }
      parts.append(
        Part(
          number: number(start, UInt32.self), width: number(start + 4, UInt32.self), offset: Int(offset),
          length: Int(length)))
    }
    self.parts = parts
  }

  /// The numbers of a part.
  package func numbers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ number: UInt32, _: Element.Type
  ) throws(Problem) -> PackedNumbers<Element> {
    let width = MemoryLayout<Element>.stride
    guard let part = parts.first(where: { $0.number == number }), part.width == UInt32(width),
      part.length % width == 0, part.offset % width == 0
    else { throw Problem("packed.damaged", at: Place(file: file.path)) }
    let start = file.bytes.baseAddress.map { ($0 + part.offset).assumingMemoryBound(to: Element.self) }
    return PackedNumbers(UnsafeBufferPointer(start: start, count: part.length / width), of: file)
  }

  /// Texts stand in two parts: where each begins, and their bytes.
  package func texts(_ number: UInt32) throws(Problem) -> Texts {
    try Texts(numbers(number, UInt32.self), numbers(number + 1, UInt8.self))
  }

  /// FNV-1a: enough to tell a head that was written from one that was not.
  static func checksum(_ parts: Slice<UnsafeRawBufferPointer>...) -> UInt64 {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in parts {
      for byte in part { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return sum
  }
}
