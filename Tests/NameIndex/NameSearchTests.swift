import Diagnostics
import Filesystem
import NameIndex
import TestSupport
import Testing

@Suite("Search of names")
struct NameSearchTests {
  static let format = PackedFile.Format("NAMETEST", version: 1)
  static let forms = WordForms([
    .init(word: "st", meaning: "saint", isLight: false), .init(word: "ass", meaning: "association", isLight: false),
    .init(word: "association", meaning: "association", isLight: true), .init(word: "de", meaning: "de", isLight: true),
  ])

  static func index(_ names: [String], in folder: borrowing TemporaryFolder) throws -> NameIndex {
    var builder = NameIndexBuilder(forms)
    for name in names { builder.add(name) }
    var writer = PackedFileWriter(format)
    builder.finish(in: &writer)
    try writer.write(to: folder["names"])
    return try NameIndex(PackedFile(folder["names"], format))
  }

  static func find(_ text: String, _ index: NameIndex, where passes: @escaping (Int) -> Bool = { _ in true }) throws
    -> [PlainSearch.Found]
  {
    let query = NameQuery(text, index.forms)
    let matches = try index.matches(query, where: passes)
    return matches.sorted().map { PlainSearch.Found(name: $0.name, fit: $0.fit) }
  }

  /// Names out of few words that lie near to each other, so that every way to answer occurs.
  static func names(_ count: Int, _ random: inout SplitMix64) -> [String] {
    var words = [
      "de", "association", "ass", "saint", "st", "lille", "lilas", "sport", "sports", "sportive", "foyer", "musique",
      "musical", "1901", "école", "football", "handball", "jeu", "jeunes", "solidarité", "solidaires", "дом",
    ]
    words += words.filter { $0.count > 4 }.map { mistyped($0, &random) }
    return (0..<count).map { _ in (0..<random.number(0...5)).map { _ in random.pick(words) }.joined(separator: " ") }
  }

  @Test func `the index and a plain search say the same, in the same order`() throws {
    var random = SplitMix64(seed: 42)
    let names = Self.names(200, &random)
    let index = try Self.index(names, in: TemporaryFolder())
    let plain = PlainSearch(names, Self.forms)
    var fits: Set<Fit> = []
    for turn in 0..<200 {
      var words = (0..<random.number(1...3)).map { _ in
        random.pick(names).split(separator: " ").last.map(String.init) ?? "st"
      }
      if random.chance(50) { words[0] = mistyped(words[0], &random) }
      if random.chance(50) { words[words.count - 1] = String(words[words.count - 1].prefix(random.number(1...6))) }
      let text = words.joined(separator: " ")
      let filter = random.number(1...3)
      let found = try Self.find(text, index) { $0 % filter == 0 }
      #expect(found == plain.find(text) { $0 % filter == 0 }, "\(turn): \(text)")
      fits.formUnion(found.map(\.fit))
    }
    #expect(fits.count == Fit.allCases.count)
  }

  @Test func `every name is found by itself, whole names before longer ones`() throws {
    var random = SplitMix64(seed: 7)
    let names = Self.names(200, &random)
    let index = try Self.index(names, in: TemporaryFolder())
    for (number, name) in names.enumerated() where !Folding(name).words.isEmpty {
      let found = try Self.find(name, index)
      #expect(found.contains { $0.name == number && $0.fit == .exact }, "\(name)")
    }
  }

  @Test func `one typing mistake in a word of five letters or more still finds it`() throws {
    var random = SplitMix64(seed: 8)
    let names = Self.names(200, &random)
    let index = try Self.index(names, in: TemporaryFolder())
    for (number, name) in names.enumerated() {
      for word in Folding(name).texts where word.count >= 5 && word.allSatisfy(\.isLetter) && word.allSatisfy(\.isASCII)
      {
        let typed = mistyped(word, &random)
        #expect(try Self.find(typed, index).contains { $0.name == number }, "\(typed) for \(word)")
      }
    }
  }

  @Test func `the order of the words makes no difference to who answers, and a word more never adds any`() throws {
    var random = SplitMix64(seed: 9)
    let names = Self.names(200, &random)
    let index = try Self.index(names, in: TemporaryFolder())
    for _ in 0..<100 {
      // The last word may be unfinished: it stays the last.
      let words = ["lille", "saint", "musique", "1901", "foyer"].shuffled(using: &random).prefix(3) + ["sports"]
      let found = Set(try Self.find(words.joined(separator: " "), index).map(\.name))
      let turned = words.dropLast().reversed() + ["sports"]
      #expect(Set(try Self.find(turned.joined(separator: " "), index).map(\.name)) == found)
      #expect(found.isSubset(of: Set(try Self.find(words.dropFirst().joined(separator: " "), index).map(\.name))))
    }
  }

  @Test(
    arguments: [
      ("saint denis", ["SAINT-DENIS", "St Denis", "LES AMIS DE SAINT DENIS"]),
      ("ST DENIS", ["SAINT-DENIS", "St Denis", "LES AMIS DE SAINT DENIS"]),
      ("association lilloise", ["ASS. LILLOISE", "La Lilloise"]), ("lilloise", ["ASS. LILLOISE", "La Lilloise"]),
      ("association", ["ASS. LILLOISE"]), ("lillo", ["ASS. LILLOISE", "La Lilloise"]),
      ("liloise", ["ASS. LILLOISE", "La Lilloise"]),
      ("1902", []), ("x", []),
    ])
  func `cases`(typed: String, expected: [String]) throws {
    let names = ["LES AMIS DE SAINT DENIS", "SAINT-DENIS", "St Denis", "ASS. LILLOISE", "La Lilloise", "Foyer 1901"]
    let index = try Self.index(names, in: TemporaryFolder())
    #expect(try Self.find(typed, index).map { names[$0.name] } == expected)
  }

  @Test func `the words that come nearest are told, those of many names first`() throws {
    let names = ["harmonie", "harmonies", "harmonies", "foyer"]
    let index = try Self.index(names, in: TemporaryFolder())
    let query = NameQuery("armony zzzz", index.forms)
    let unknown = try index.unknownWords(of: query, atMost: 3)
    #expect(unknown.map(\.word) == ["armony", "zzzz"] || unknown.map(\.word) == ["zzzz"])
    #expect(unknown.last?.nearest == [])
  }

  @Test func `the smallest of many, by one pass or by sorting`() {
    var random = SplitMix64(seed: 1)
    for count in [0, 1, 5, 300, 5_000] {
      let numbers = (0..<count).map { _ in random.number(0...1_000) }
      for most in [0, 1, 3, 20, 999, 1_500] {
        #expect(numbers.smallest(most) == Array(numbers.sorted().prefix(most)))
      }
    }
  }

  @Test func `a damaged index is told, or answers, but never crashes`() throws {
    var random = SplitMix64(seed: 5)
    let folder = try TemporaryFolder()
    let names = Self.names(100, &random)
    _ = try Self.index(names, in: folder)
    let bytes = try Folder.contents(of: folder["names"])
    var told = 0
    for _ in 0..<150 {
      var spoiled = bytes
      for _ in 0..<20 { spoiled[random.number(300...bytes.count - 1)] = UInt8(random.number(0...255)) }
      let path = try folder.write("spoiled", spoiled)
      let problem = try problem {
        let index = try NameIndex(PackedFile(path, Self.format))
        for text in ["sport", "association de", "musique lille foot"] { _ = try Self.find(text, index) }
        _ = try index.unknownWords(of: NameQuery("armonie", index.forms), atMost: 3)
      }
      if let problem {
        #expect(problem.code == "packed.damaged")
        told += 1
      }
    }
    #expect(told > 0)
  }
}
