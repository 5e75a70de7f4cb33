import Diagnostics
import Filesystem
import TestSupport
import Testing

@Suite("Packed files")
struct PackedFileTests {
  static let format = PackedFile.Format("TESTFILE", version: 3)

  static func write(to path: String, _ format: PackedFile.Format = Self.format) throws {
    var texts = TextsBuilder()
    for text in ["", "abc", "é"] { texts.add(text) }
    var writer = PackedFileWriter(format)
    writer.add(1, [UInt8(1), 2, 3])
    writer.add(2, [UInt64(1) << 60, 7])
    writer.add(3, texts)
    writer.add(5, [UInt32]())
    try writer.write(to: path)
  }

  @Test func `what was written is read`() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder["a"])
    let file = try PackedFile(folder["a"], Self.format)
    #expect(try Array(file.numbers(1, UInt8.self).raw) == [1, 2, 3])
    #expect(try Array(file.numbers(2, UInt64.self).raw) == [1 << 60, 7])
    #expect(try file.numbers(5, UInt32.self).count == 0)
    let texts = try file.texts(3)
    #expect(try (0..<texts.count).map { try texts[$0] } == ["", "abc", "é"])
    try Self.write(to: folder["b"])
    #expect(try Folder.contents(of: folder["a"]) == Folder.contents(of: folder["b"]))
  }

  @Test func `beyond the end there is damage, not a crash`() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder["a"])
    let numbers = try PackedFile(folder["a"], Self.format).numbers(1, UInt8.self)
    for position in [-1, 3, Int.max] {
      expectProblem("packed.damaged") { _ = try numbers.at(position) }
    }
    expectProblem("packed.damaged") { _ = try numbers.slice(2, 4) }
    expectProblem("packed.damaged") { _ = try numbers.slice(2, 1) }
  }

  @Test func `a part that is not there, or of other numbers`() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder["a"])
    let file = try PackedFile(folder["a"], Self.format)
    expectProblem("packed.damaged") { _ = try file.numbers(9, UInt8.self) }
    expectProblem("packed.damaged") { _ = try file.numbers(1, UInt32.self) }
  }

  @Test func `a file cut anywhere is refused`() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder["a"])
    let bytes = try Folder.contents(of: folder["a"])
    for length in 0..<bytes.count {
      let path = try folder.write("cut", Array(bytes[..<length]))
      expectProblem("packed.damaged", "\(length) bytes") { _ = try PackedFile(path, Self.format) }
    }
    let longer = try folder.write("longer", bytes + [0])
    expectProblem("packed.damaged") { _ = try PackedFile(longer, Self.format) }
  }

  @Test func `a head with another byte is refused`() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder["a"])
    let bytes = try Folder.contents(of: folder["a"])
    for position in 0..<(32 + 5 * 24) where !(8..<12).contains(position) {
      var spoiled = bytes
      spoiled[position] ^= 0x41
      let path = try folder.write("spoiled", spoiled)
      expectProblem("packed.damaged", "byte \(position)") { _ = try PackedFile(path, Self.format) }
    }
  }

  @Test func `a file of another version, of another kind, none`() throws {
    let folder = try TemporaryFolder()
    try Self.write(to: folder["a"], PackedFile.Format("TESTFILE", version: 2))
    let problem = expectProblem("packed.version") { _ = try PackedFile(folder["a"], Self.format) }
    #expect(problem?.facts["found"] == "2" && problem?.facts["known"] == "3")
    expectProblem("packed.damaged") { _ = try PackedFile(folder["a"], PackedFile.Format("OTHERONE", version: 2)) }
    expectProblem("file.missing") { _ = try PackedFile(folder["none"], Self.format) }
    expectProblem("file.is_folder") { _ = try PackedFile(folder.path, Self.format) }
  }
}
