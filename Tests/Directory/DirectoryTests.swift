import Diagnostics
import Directory
import Filesystem
import NameIndex
import Nomenclature
import Registers
import TestSupport
import Testing
import Wording

extension SmallDirectory {
  func bytes(_ name: String) throws -> [UInt8] { try Folder.contents(of: folder[name]) }
}

@Suite("Directory: refusals, restrictions, damage")
struct DirectoryTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let code: String
    let nearest: String
    let change: @Sendable (inout DirectoryQuestion) -> Void
    var testDescription: String { code + " " + nearest }
  }

  static let refusals: [Refusal] = [
    .init(code: "find.unknown_territory", nearest: "") { $0.territory = "FR-DEP-5X" },
    .init(code: "find.several_territories", nearest: "") { $0.territory = "Saint-Denis" },
    .init(code: "find.unknown_family", nearest: "association") { $0.family = "asociation" },
    .init(code: "find.unknown_family", nearest: "") { $0.family = "xxxxxxxxxxxxxxxxxxxxxxx" },
    .init(code: "find.unknown_sector", nearest: "E1") { $0.sector = "E14" },
    .init(code: "find.unknown_size", nearest: "S0") { $0.size = "S9" },
    .init(code: "find.unknown_perimeter", nearest: "fr-loi-2014") { $0.perimeter = "fr-loi-2015" },
    .init(code: "find.no_words", nearest: "") { $0.words = " -- !" },
    .init(code: "find.too_long", nearest: "") { $0.words = String(repeating: "a", count: 10_000) },
    .init(code: "find.unknown_family", nearest: "") { $0.family = "" },
    .init(code: "find.unknown_territory", nearest: "") { $0.territory = "\u{1b}[2J" },
  ]

  @Test(arguments: refusals)
  func `what is not known is refused, with what is near`(_ refusal: Refusal) throws {
    let small = try SmallDirectory.shared
    var question = DirectoryQuestion()
    refusal.change(&question)
    let problem = expectProblem(refusal.code) { _ = try small.directory.answer(question) }
    #expect(problem?.status == .commandLine)
    if !refusal.nearest.isEmpty { #expect(problem?.facts["nearest"]?.contains(refusal.nearest) == true) }
  }

  @Test(
    arguments: [
      ("Lille", 2), ("FR-COM-59350", 1), ("fr-com-59350", 1), ("nord", 1), ("Hauts de France", 1), ("amiens", 1),
      ("st-denis", 4),
      ("Namen", 1), ("Antwerpen", 1), ("Liège", 1), ("ZONE-THIERACHE", 1), ("Nulle part", 0), ("", 0),
    ])
  func `territories by code or name`(text: String, least: Int) throws {
    let meant = try SmallDirectory.shared.directory.territories.meant(by: text)
    #expect(least == 0 ? meant.isEmpty : meant.count >= least && Set(meant.map(\.level)).count == 1, "\(meant)")
  }

  @Test func `of a name whose diffusion is restricted, no byte is in the file`() throws {
    var sources = try SmallDirectory.sources(50, seed: 9)
    sources[7].entry.name = "QUARTZBLEU Zéphyrine"
    sources[7].entry.association = "W987654321"
    sources[7].entry.isRestricted = true
    let small = try SmallDirectory(sources)
    let text = String(decoding: try small.bytes("directory"), as: UTF8.self).lowercased()
    for secret in ["quartzbleu", "quartz", "zéphyrine", "zephyrine", "w987654321"] {
      #expect(!text.contains(secret), "\(secret)")
    }
    #expect(try small.directory.answer(DirectoryQuestion("quartzbleu")).total == 0)
    #expect(try small.directory.answer(DirectoryQuestion()).total == 50)
    let row = try small.directory.row(7, .fr)
    let fields = Dictionary(uniqueKeysWithValues: zip(OrganisationDirectory.exportColumns, row))
    #expect(row.count == OrganisationDirectory.exportColumns.count)
    #expect(fields["name"] == "" && fields["association"] == "" && fields["commune"] == "" && fields["region"] == "")
    #expect(fields["restricted"] == "true")
  }

  @Test func `nobody whose diffusion is restricted is found by place, nor is theirs written`() throws {
    var sources = Array(try SmallDirectory.sources(4, seed: 9).prefix(4))
    for number in sources.indices {
      sources[number].entry.country = .fr
      sources[number].entry.isRestricted = number.isMultiple(of: 2)
      sources[number].places = ["FR-COM-80021"]
    }
    let small = try SmallDirectory(sources)
    for text in ["FR-COM-80021", "FR-DEP-80", "FR"] {
      var question = DirectoryQuestion()
      question.territory = text
      let answer = try small.directory.answer(question)
      #expect(answer.organisations == [1, 3] && answer.total == 2 && answer.restricted == 0, "\(text)")
    }
    #expect(try small.directory.answer(DirectoryQuestion()).restricted == 2)
    // Where they are changes no byte.
    for number in sources.indices where number.isMultiple(of: 2) { sources[number].places = ["FR-COM-59350"] }
    try SmallDirectory.write(sources, to: small.folder["moved"])
    #expect(try small.bytes("moved") == small.bytes("directory"))
  }

  @Test func `a damaged directory is told, or answers, but never crashes`() throws {
    let small = try SmallDirectory.shared
    let bytes = try small.bytes("directory")
    var random = SplitMix64(seed: 2)
    var told = 0
    for _ in 0..<30 {
      var spoiled = bytes
      // The head is refused whole: what lies behind must be doubted as it is read.
      for _ in 0..<2_000 { spoiled[random.number(2_000...bytes.count - 1)] = UInt8(random.number(0...255)) }
      let path = try small.folder.write("spoiled", spoiled)
      let problem = try problem {
        let directory = try OrganisationDirectory(path)
        for question in [SmallDirectory.question(&random), SmallDirectory.question(&random)] {
          for position in try directory.answer(question).organisations { _ = try directory.row(position, .nl) }
          _ = try directory.unknownWords(question, atMost: 3)
        }
        _ = try directory.position(of: .siren(100_000_011))
        _ = try directory.positions(ofAssociation: "W500000003")
      }
      if let problem, problem.status == .data {
        #expect(problem.code == "packed.damaged", "\(problem)")
        told += 1
      }
    }
    #expect(told > 5)
  }

  @Test func `a directory cut short, empty, or of another kind`() throws {
    let small = try SmallDirectory.shared
    let bytes = try small.bytes("directory")
    for length in [0, 7, 31, 32, 500, bytes.count / 2, bytes.count - 1] {
      let path = try small.folder.write("cut", Array(bytes[..<length]))
      expectProblem("packed.damaged", "\(length)") { _ = try OrganisationDirectory(path) }
    }
    var newer = bytes
    newer[8] = 200
    let path = try small.folder.write("newer", newer)
    expectProblem("packed.version") { _ = try OrganisationDirectory(path) }
  }

  @Test func `the words that weigh nothing are folded, once each, and lead to no other`() throws {
    let forms = try NameWords.load(share: Checkout.installation.share)
    #expect(forms.forms.count > 20)
    let folder = try TemporaryFolder()
    for (rows, code) in [
      ("Été,été,1\n", "share.not_folded"), ("de,de,1\nde,de,\n", "share.duplicate"),
      ("st,saint,\nsaint,sanctus,\n", "share.duplicate"),
    ] {
      try folder.write("directory/name-words.csv", "# id: x\n# source: y\nword,meaning,light\n" + rows)
      expectProblem(code) { _ = try NameWords.load(share: folder.path) }
    }
  }
}
