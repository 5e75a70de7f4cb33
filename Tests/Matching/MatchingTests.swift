import Matching
import TestSupport
import Testing

@Suite("Organisations found by their names")
struct MatchingTests {
  /// What a list of lines, all matched in their communes, makes of the truth.
  private struct Outcome {
    var right = 0
    var wrong: [(line: String, found: UInt64, truth: UInt64?)] = []
    var doubtful = 0
    var doubtfulHasTruth = 0
    var missed = 0

    var precision: Double { Double(right) / Double(max(1, right + wrong.count)) }
    func recall(of known: Int) -> Double { Double(right) / Double(max(1, known)) }
  }

  private func match(_ simulated: SimulatedNames) throws -> Outcome {
    let rules = try ListRules.matching
    var weights = WordWeights()
    for unit in simulated.units { weights.add(rules.words(unit.name)) }
    let blocks = simulated.candidates(rules.words).mapValues { CandidateBlock($0, weights, rules) }
    var outcome = Outcome()
    for line in simulated.lines {
      let verdict = rules.verdict(blocks[line.commune]?.best(rules.words(line.name)) ?? [])
      switch verdict.status {
      case .sure:
        if verdict.number == line.truth {
          outcome.right += 1
        } else {
          outcome.wrong.append((line.name, verdict.number ?? 0, line.truth))
        }
      case .doubtful:
        outcome.doubtful += 1
        if verdict.candidates.contains(where: { $0.number == line.truth }) { outcome.doubtfulHasTruth += 1 }
      default: if line.truth != nil { outcome.missed += 1 }
      }
    }
    return outcome
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `few are wrong, and few are missed`(seed: UInt64) throws {
    let simulated = SimulatedNames(seed: seed, communes: 40, units: 2_400, lines: 1_500)
    let known = simulated.lines.count { $0.truth != nil }
    let outcome = try match(simulated)
    let recall = outcome.recall(of: known)
    let found = Double(outcome.right + outcome.doubtfulHasTruth) / Double(known)
    let told: Comment = """
      precision \(outcome.precision), recall \(recall), with the review list \(found): right \(outcome.right), doubtful \
      \(outcome.doubtful), missed \(outcome.missed), wrong \(outcome.wrong.prefix(8))
      """
    #expect(outcome.precision >= 0.995, told)
    #expect(recall >= 0.8, told)
    #expect(found >= 0.97, told)
  }

  @Test func `a name finds itself, whatever its case, accents and legal form`() throws {
    let rules = try ListRules.matching
    let simulated = SimulatedNames(seed: 9, communes: 10, units: 300, lines: 0)
    let blocks = simulated.candidates(rules.words).mapValues { CandidateBlock($0, WordWeights(), rules) }
    for unit in simulated.units {
      for name in [
        unit.name, unit.name.uppercased(), "ASSOCIATION \(unit.name) (asso)", "asbl " + unit.name.lowercased(),
      ] {
        let best = blocks[unit.commune]?.best(rules.words(name)) ?? []
        #expect(
          best.contains { $0.number == unit.number && $0.score == 1 } || best.count == rules.candidates, "\(name)")
      }
    }
  }

  private func block(_ names: [String], streets: [String?] = []) throws -> CandidateBlock {
    let rules = try ListRules.matching
    var weights = WordWeights()
    for name in names { weights.add(rules.words(name)) }
    return CandidateBlock(
      names.enumerated().map { index, name in
        Candidate(
          UInt64(index + 1), [rules.words(name)],
          streets: streets.indices.contains(index) ? [streets[index]].compactMap { $0.map { rules.words($0) } } : [])
      }, weights, rules)
  }

  private static let names = [
    "Amicale laïque Pasteur", "Amicale laïque Voltaire", "Cité 2", "Cité 3", "Restos du coeur", "Handi Sport Lille",
    "Club de rugby de Lille", "Les amis de Marius",
  ]

  @Test(
    arguments: [
      ("Amicale laique pasteur", 1, .sure), ("Amicale Pasteur laïque", 1, .sure), ("Amicale laïque Pastuer", 1, .sure),
      ("Cité 2", 3, .sure), ("Cité 4", nil, Verdict.Status.none), ("Handisport Lille", 6, .sure),
      ("Club de football de Lille", nil, .none), ("Amicale laïque", nil, .none), ("Restos du cœur", 5, .sure),
      ("Les amis de Marie", nil, .doubtful), ("", nil, .none), ("Amicale laïque Diderot", nil, .none),
    ] as [(String, UInt64?, Verdict.Status)])
  func `what is alike and what is not`(name: String, number: UInt64?, status: Verdict.Status) throws {
    let rules = try ListRules.matching
    let best = try block(Self.names).best(rules.words(name))
    let verdict = rules.verdict(best)
    #expect(verdict.status == status, "\(name): \(best)")
    #expect(verdict.number == number, "\(name): \(best)")
  }

  @Test func `two of one name are doubtful, unless the street tells`() throws {
    let rules = try ListRules.matching
    let block = try block(
      ["Amicale laïque", "Amicale laïque", "Foyer rural"], streets: ["12 rue Pasteur", "3 place Verte", nil])
    let name = rules.words("AMICALE LAIQUE")
    #expect(rules.verdict(block.best(name)).status == .doubtful)
    #expect(rules.verdict(block.best(name)).candidates.map(\.number) == [1, 2])
    let verdict = rules.verdict(block.best(name, street: rules.words("3, pl. verte")))
    #expect(verdict.status == .sure && verdict.method == .nameAddress)
    #expect(verdict.number == 2)
  }

  @Test(
    arguments: [
      ("Amicale laïque Pastuer", "Rue des Écoles 87", .doubtful), ("Amicale laïque Pastuer", "87 rue de Namur", .sure),
      ("Amicale laïque Pastuer", "Chaussée de Namurs, 5", .sure), ("Amicale laïque Pastuer", "", .sure),
      ("Amicale laïque Pasteur", "Rue des Écoles 87", .sure), ("Foyer rurall", "Rue des Écoles 87", .sure),
    ] as [(String, String, Verdict.Status)])
  func `a name that is only alike is not sure in another street`(
    name: String, street: String, status: Verdict.Status
  ) throws {
    let rules = try ListRules.matching
    let block = try block(["Amicale laïque Pasteur", "Foyer rural"], streets: ["Chaussée de Namur 139", nil])
    let best = block.best(rules.words(name), street: rules.words(street))
    #expect(rules.verdict(best).status == status, "\(best)")
  }

  /// Or nobody would understand why it is proposed.
  @Test func `a candidate that is alike by another name than its own says by which`() throws {
    let rules = try ListRules.matching
    let (own, sign) = (rules.words("Centre social Voltaire"), rules.words("Les jardins partagés"))
    let block = CandidateBlock([Candidate(1, [own, sign, own])], WordWeights(), rules)
    #expect(block.best(rules.words("LES JARDINS PARTAGES")).first?.otherName == sign.key)
    #expect(block.best(rules.words("Jardins partagées")).first?.otherName == sign.key)
    let same = block.best(rules.words("Centre social voltaire"))
    #expect(same.count == 1 && same.first?.otherName == nil)
  }

  @Test func `without a place nothing is sure`() throws {
    let rules = try ListRules.matching
    let verdict = rules.verdict(try block(Self.names).best(rules.words("Restos du cœur")), isPlaced: false)
    #expect(verdict.status == .doubtful && verdict.method == .name)
    #expect(verdict.confidence <= rules.placeUnknown)
  }

  @Test func `two records of different names do not share one organisation`() throws {
    let rules = try ListRules.matching
    func sure(_ score: Double) -> Verdict { Verdict(.sure, .nameCommune, [Scored(5, score)]) }
    func settled(_ scores: [Double], _ names: [UInt64]) -> [Verdict.Status] {
      var verdicts = scores.map(sure)
      rules.settle(&verdicts, names: names)
      return verdicts.map(\.status)
    }
    #expect(settled([1, 0.97], [10, 11]) == [.sure, .doubtful])
    #expect(settled([0.98, 0.97], [10, 11]) == [.doubtful, .doubtful])
    #expect(settled([1, 1], [10, 11]) == [.doubtful, .doubtful])
    // The same line twice is no quarrel.
    #expect(settled([1, 1], [10, 10]) == [.sure, .sure])
  }

  @Test func `who bears an organisation's own name keeps it from those that bear the names of its doors`() throws {
    let rules = try ListRules.matching
    let names = ["Centre social Voltaire", "Les jardins partagés", "Café des voisins"].map { rules.words($0) }
    let block = CandidateBlock([Candidate(1, names)], WordWeights(), rules)
    func settled(_ claims: [NormalName]) -> [Verdict.Status] {
      var verdicts = claims.map { rules.verdict(block.best($0)) }
      rules.settle(&verdicts, names: claims.map(\.key))
      return verdicts.map(\.status)
    }
    #expect(settled(names) == [.sure, .doubtful, .doubtful])
    #expect(settled([names[1], names[0], names[1]]) == [.doubtful, .sure, .doubtful])
    #expect(settled([names[1], names[2]]) == [.doubtful, .doubtful])
    #expect(settled([names[1]]) == [.sure])
  }
}
