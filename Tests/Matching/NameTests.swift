import Matching
import TestSupport
import Testing

@Suite("Names made alike")
struct NameTests {
  private func words(_ name: String) throws -> [String] {
    try ListRules.matching.words(name).tokens.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("ASSOCIATION DES AMIS DE L'ÉCOLE", ["amis", "ecole"]), ("Les amis de l’école (asbl)", ["amis", "ecole"]),
      ("A.D.M.R. du Pays", ["admr", "pays"]), ("A D M R DU PAYS", ["admr", "pays"]),
      ("ADMR du Pays", ["admr", "pays"]),
      ("St-Éloi", ["saint", "eloi"]), ("Œuvre  des   Gâteaux", ["oeuvre", "gateaux"]),
      ("L'Association", ["association"]),
      ("Straße", ["strasse"]), ("VZW De Brug", ["brug"]), ("D INTERVENTION", ["intervention"]), ("", []), ("-- '", []),
      ("(Club) du 3e âge", ["club", "3e", "age"]), ("Cafe\u{301} solidaire", ["cafe", "solidaire"]),
    ])
  func `the telling words of a name`(name: String, expected: [String]) throws {
    #expect(try words(name) == expected)
  }

  @Test func `the key that is read without words is that of the words, in any order`() throws {
    let reading = try ListRules.matching.words
    for name in [
      "ASSOCIATION DES AMIS", "L'Association", "Amicale laïque de Saint-Éloi", "St Éloi amicale laïque", "…",
    ] {
      var text = name
      let key = text.withUTF8 { reading.key(of: $0) }
      #expect(key == reading(name).key, "\(name)")
    }
    #expect(reading("Amicale laïque de Saint-Éloi") != reading("St Éloi amicale laïque"))
    #expect(reading("Amicale laïque de Saint-Éloi").key == reading("St Éloi amicale laïque").key)
    #expect(reading("aa bb").key != reading("ab ab").key)
  }

  @Test func `bytes that are no text stop nothing`() throws {
    let reading = try ListRules.matching.words
    var random = SplitMix64(seed: 7)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let name = bytes.withUnsafeBufferPointer { reading($0) }
      let letters = name.tokens.allSatisfy { !$0.bytes.isEmpty && $0.bytes.allSatisfy { 0x30...0x7a ~= $0 } }
      #expect(letters, "\(bytes)")
      #expect(bytes.withUnsafeBufferPointer { reading.key(of: $0) } == name.key, "\(bytes)")
    }
  }
}
