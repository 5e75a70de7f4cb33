import Diagnostics
import Directory
import Nomenclature
import Perimeter
import Registers
import NameIndex
import Territory
import TestSupport
import Testing

/// The directory against a plain reading of what it was written from.
@Suite("Directory: agreement and laws")
struct DirectoryAgreementTests {
  /// Does an organisation answer a filter? Told from the rule books, not from the file.
  static func passes(
    _ source: SmallDirectory.Source, _ question: DirectoryQuestion, in held: Set<String>?
  ) throws -> Bool {
    let (entry, book) = (source.entry, try Checkout.nomenclatures)
    if let held, entry.isRestricted || source.places.isDisjoint(with: held) { return false }
    if let text = question.family {
      let code = text == "Mutuelles" ? "mutual" : text
      if entry.family != code && entry.subfamily != code { return false }
    }
    if let text = question.sector {
      let division = entry.activity.map { book.activities.division(of: $0).code } ?? "ZZ"
      let groups = book.sectors[division]?.groups ?? [:]
      if ![division, groups["a21"] ?? "", groups["ess-domain"] ?? ""].contains(text) { return false }
    }
    if let text = question.size {
      let wanted = ["10-19": "S2", "1000+": "S8", "20-49": "S3"][text] ?? text
      if book.sizes.french[entry.band]?.common ?? "SX" != wanted { return false }
    }
    if let text = question.perimeter {
      let position = try #require(try SmallDirectory.perimeters.firstIndex(of: text))
      if entry.perimeters >> UInt32(position) & 1 == 0 { return false }
    }
    return !question.employersOnly || entry.isEmployer
  }

  /// The communes of the tests that a territory holds, as the book of territories says.
  static func held(by text: String) throws -> Set<String> {
    let code = ["Namur": "BE-COM-92094", "Nord": "FR-DEP-59"][text] ?? text.uppercased()
    let book = try Checkout.territories
    return Set(
      SmallDirectory.communes.filter { commune in
        commune == code || book.communes.first { $0.code == commune }?.ancestors.contains(code) == true
      })
  }

  @Test func `a plain search says the same of random questions, in the same order`() throws {
    var known: [String: Set<String>] = [:]
    let small = try SmallDirectory.shared
    let plain = PlainSearch(
      small.sources.map { $0.entry.isRestricted ? "" : $0.entry.name }, small.directory.names.forms)
    var random = SplitMix64(seed: 21)
    var (answered, filtered) = (0, 0)
    for turn in 0..<200 {
      let question = SmallDirectory.question(&random)
      if let text = question.territory, known[text] == nil { known[text] = try Self.held(by: text) }
      let held = question.territory.flatMap { known[$0] }
      let passing = try small.sources.map { try Self.passes($0, question, in: held) }
      let expected =
        question.words.isEmpty
        ? passing.indices.filter { passing[$0] } : plain.find(question.words) { passing[$0] }.map(\.name)
      let answer = try small.directory.answer(question)
      #expect(answer.organisations == expected, "\(turn): \(question)")
      #expect(answer.total == expected.count)
      #expect(answer.ceased == expected.count { !small.sources[$0].entry.isActive })
      #expect(answer.restricted == expected.count { small.sources[$0].entry.isRestricted })
      if !expected.isEmpty { answered += 1 }
      if !passing.allSatisfy({ $0 }) { filtered += 1 }
    }
    #expect(answered > 50 && filtered > 100)
  }

  @Test func `a part of an answer is a part of the whole`() throws {
    let small = try SmallDirectory.shared
    var random = SplitMix64(seed: 22)
    for _ in 0..<200 {
      let question = SmallDirectory.question(&random)
      let all = try small.directory.answer(question).organisations
      let (offset, limit) = (random.number(0...30), random.number(1...30))
      let part = try small.directory.answer(question, offset: offset, limit: limit)
      #expect(part.organisations == Array(all.dropFirst(offset).prefix(limit)))
      #expect(part.total == all.count)
    }
    #expect(try small.directory.answer(DirectoryQuestion(), offset: .max, limit: .max).organisations == [])
    #expect(try small.directory.answer(DirectoryQuestion("lille"), offset: .max, limit: .max).organisations == [])
  }

  @Test func `a filter more never adds anybody`() throws {
    let small = try SmallDirectory.shared
    var random = SplitMix64(seed: 23)
    for _ in 0..<200 {
      let question = SmallDirectory.question(&random)
      let narrow = Set(try small.directory.answer(question).organisations)
      for remove: WritableKeyPath<DirectoryQuestion, String?> in [\.territory, \.family, \.sector, \.size, \.perimeter]
      {
        var wider = question
        wider[keyPath: remove] = nil
        #expect(narrow.isSubset(of: Set(try small.directory.answer(wider).organisations)))
      }
    }
  }

  @Test func `everybody is found by the whole name, and comes before all who have more words than that`() throws {
    let small = try SmallDirectory.shared
    let forms = small.directory.names.forms
    func heavy(_ name: String) -> Set<String> {
      let words = Folding(name).texts.map { word in
        forms.forms.first { $0.word == word && $0.word != $0.meaning }?.meaning ?? word
      }
      let heavy = Set(words.filter { word in !forms.forms.contains { $0.meaning == word && $0.isLight } })
      return heavy.isEmpty ? Set(words) : heavy
    }
    for (number, source) in small.sources.enumerated() where !source.entry.isRestricted {
      let found = try small.directory.answer(DirectoryQuestion(source.entry.name)).organisations
      let place = try #require(found.firstIndex(of: number), "\(source.entry.name)")
      // Of names that are all light words, no order is promised.
      guard !heavy(source.entry.name).isDisjoint(with: heavy(source.entry.name + " x").subtracting(["x"])) else {
        continue
      }
      for other in found[..<place] {
        #expect(heavy(small.sources[other].entry.name) == heavy(source.entry.name))
      }
    }
  }

  @Test func `everybody is found by number, and says what was put in`() throws {
    let small = try SmallDirectory.shared
    let territories = try Checkout.territories
    for (number, source) in small.sources.enumerated() {
      let entry = source.entry
      let asked: OrganisationNumber = entry.country == .fr ? .siren(entry.number) : .enterprise(entry.number)
      #expect(try small.directory.position(of: asked) == number)
      if !entry.association.isEmpty, !entry.isRestricted {
        #expect(try small.directory.positions(ofAssociation: entry.association.lowercased()) == [number])
      }
      let found = try small.directory.organisation(number)
      #expect(found.country == entry.country && found.number == entry.number)
      #expect(found.name == (entry.isRestricted ? "" : entry.name))
      #expect(found.family?.code ?? "" == entry.family && found.subfamily?.code ?? "" == entry.subfamily)
      #expect(found.form?.code == entry.form && found.band?.code ?? "" == entry.band && found.year == entry.year)
      #expect(found.isActive == entry.isActive && found.isEmployer == entry.isEmployer)
      #expect(Set(found.lists.map(\.code)) == Set(entry.lists) && found.establishments == entry.establishments)
      #expect(
        found.perimeters.map(\.code)
          == (try SmallDirectory.perimeters.enumerated().filter { entry.perimeters >> UInt32($0.offset) & 1 == 1 }.map(
            \.element)))
      let commune = entry.isRestricted ? nil : entry.commune
      #expect(found.commune == commune)
      if let commune {
        #expect(try small.directory.territories.commune(commune).code == territories.communes[commune].code)
        #expect(
          try small.directory.territories.holders(of: commune).map(\.code) == territories.communes[commune].ancestors)
      }
    }
    #expect(try small.directory.position(of: .siren(999_999_999)) == nil)
    #expect(
      try small.directory.position(
        of: .siret(UInt64(small.sources.first { $0.entry.country == .fr }!.entry.number) * 100_000 + 17)) != nil)
    #expect(try small.directory.position(of: .belgianEstablishment(2_000_000_067)) == 0)
    #expect(try small.directory.position(of: .belgianEstablishment(2_000_000_164)) == nil)
  }

  @Test func `the same organisations give the same bytes`() throws {
    let small = try SmallDirectory.shared
    try SmallDirectory.write(small.sources, to: small.folder["again"])
    #expect(try small.bytes("directory") == small.bytes("again"))
  }
}
