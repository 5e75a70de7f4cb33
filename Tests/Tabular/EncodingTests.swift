import TestSupport
import Testing

@testable import Tabular

@Suite("Encodings") struct EncodingTests {
  private func decode(_ bytes: [UInt8]) -> (text: String, encoding: TextEncoding) {
    bytes.withUnsafeBufferPointer { TextEncoding.decode($0) }
  }

  @Test(arguments: [
    (0x80, "€"), (0x82, "‚"), (0x85, "…"), (0x8a, "Š"), (0x8c, "Œ"), (0x8e, "Ž"), (0x92, "’"), (0x93, "“"),
    (0x94, "”"), (0x96, "–"), (0x97, "—"), (0x99, "™"), (0x9a, "š"), (0x9c, "œ"), (0x9e, "ž"), (0x9f, "Ÿ"),
    (0xa0, "\u{a0}"), (0xab, "«"), (0xb0, "°"), (0xbb, "»"), (0xc0, "À"), (0xc9, "É"), (0xe7, "ç"), (0xe9, "é"),
    (0xef, "ï"), (0xff, "ÿ"), (0x81, "\u{fffd}"), (0x8d, "\u{fffd}"), (0x9d, "\u{fffd}"),
  ])
  func `a byte that is not UTF-8 is read as Windows-1252`(byte: UInt8, character: String) {
    #expect(decode([0x61, byte, 0x62]).text == "a\(character)b")
    #expect(decode([byte]).encoding == .windows1252)
  }

  @Test func `every byte above ASCII has one character of its own in Windows-1252`() {
    let characters = (UInt8(0x80)...0xff).map { decode([$0, 0x61]).text }
    #expect(characters.allSatisfy { $0.unicodeScalars.count == 2 })
    // 128 bytes, five of which Windows leaves without a meaning.
    #expect(Set(characters).count == 128 - 5 + 1)
  }

  @Test(arguments: 0..<4)
  func `text in UTF-8 stays as it is`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let text = (0..<random.number(0...40)).map { _ in random.pick(["a", "é", "œ", "€", "🐓", "\u{301}", "߿"]) }
        .joined()
      let (decoded, encoding) = decode(utf8(text))
      #expect(decoded.utf8.elementsEqual(text.utf8))
      #expect(encoding == .utf8)
    }
  }

  @Test func `a table in Windows-1252 is read and named so`() throws {
    let bytes =
      utf8("raison sociale;ville\nCaf") + [0xe9] + utf8(" de l") + [0x92] + utf8("Ep") + [0xe9] + utf8("e;Li")
      + [0xe8] + utf8("ge\n")
    #expect(try TableReader(MemoryStream(bytes)).encoding == .windows1252)
    #expect(try readTable(bytes).rows == [["Café de l’Epée", "Liège"]])
  }

  @Test func `a header in Windows-1252 has its accents`() throws {
    #expect(
      try readTable(utf8("ann") + [0xe9] + utf8("e;num") + [0xe9] + utf8("ro\n1;2\n")).columns == ["année", "numéro"])
  }

  @Test func `a field that is not UTF-8 does not spoil the others`() throws {
    let bytes = utf8("a,b\nété,") + [0xe9, 0x74, 0xe9] + utf8("\né,è\n")
    #expect(try readTable(bytes).rows == [["été", "été"], ["é", "è"]])
  }

  @Test(arguments: ["a,b\n1,2\n", "é,b\n1,2\n", "a,b\n1,é\n", "a,b\n1,€", "a,b\n1,🐓", "é", "🐓"])
  func `ASCII and UTF-8 are named UTF-8`(text: String) throws {
    #expect(try TableReader(MemoryStream(utf8(text))).encoding == .utf8)
  }

  @Test(arguments: 1...4)
  func `a character cut by the end of the first block is still UTF-8`(before: Int) throws {
    let filler = String(repeating: "f", count: ReadAhead.Room().blockSize - 4 - before)
    let text = "a,b\n\(filler)🐓🐓,2\n"
    let reader = try TableReader(MemoryStream(utf8(text)))
    #expect(reader.encoding == .utf8)
  }

  @Test(arguments: [0, 1, 2, 3])
  func `one accent at the very end of a table is enough to tell Windows-1252`(behind: Int) throws {
    let bytes = utf8("nom,ville\nx,caf") + [0xe9] + utf8("xyz").prefix(behind)
    #expect(try TableReader(MemoryStream(bytes)).encoding == .windows1252)
  }
}
