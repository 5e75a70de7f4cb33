import Nomenclature
import Perimeter
import Tabular
import Warehouse
import Wording

/// Puts decisions into words.
struct Reasons {
  let book: NomenclatureBook
  let words: Words

  func sentence(_ decision: Decision, _ perimeter: Perimeter, _ explanation: Explanation) -> String {
    let facts = explanation.facts
    var values = [
      "form": facts.form.isEmpty ? "–" : facts.form,
      "form_label": book.forms(of: facts.country)[facts.form]?.label[words.language] ?? words("reason.no_label"),
      "family": label(decision.family ?? decision.formRule?.family),
      "subfamily": label(decision.subfamily),
      "list": decision.rule?.scheme ?? "",
      "lists": perimeter.rules.filter { $0.subject == .list && $0.effect == .include }.map(\.scheme)
        .joined(separator: ", "),
    ]
    let own = perimeter.level == .establishment ? explanation.establishment?.activity : nil
    if let activity = own ?? facts.activity {
      values["activity"] = NomenclatureBook.printed(activity)
      values["activity_label"] = book.label(of: activity)?[words.language] ?? words("reason.no_label")
    }
    if !perimeter.countries.contains(facts.country) { return words("why.country", values) }
    guard let rule = decision.rule else { return words("why.no_rule", values) }
    return words(
      "why.\(decision.isIn ? "in" : "out").\(rule.subject.rawValue)\(rule.effect == .require ? ".require" : "")", values
    )
  }

  private func label(_ family: String?) -> String {
    family.flatMap { book.families[$0]?.label[words.language] } ?? "–"
  }

  func text(_ explanation: Explanation) -> String {
    let facts = explanation.facts
    var text = Terminal.bold(
      explanation.name.isEmpty
        ? words(explanation.isRestricted ? "explain.restricted" : "explain.nameless") : explanation.name.printable)
    text += "  " + explanation.id + "\n"
    if !explanation.isActive { text += Terminal.red(words("explain.ceased")) + "\n" }
    let form = book.forms(of: facts.country)[facts.form]?.label[words.language] ?? words("reason.no_label")
    text += words("explain.form", ["form": facts.form.isEmpty ? "–" : facts.form, "label": form]) + "\n"
    if let activity = facts.activity { text += sentence(activity) + "\n" }
    if let establishment = explanation.establishment { text += describe(establishment) }
    if !facts.lists.isEmpty {
      text += words("explain.lists", ["lists": facts.lists.sorted().joined(separator: ", ")]) + "\n"
    }
    text += memberships(explanation).map { $0 + "\n" }.joined()
    text += decisions(explanation)
    return explanation.isSimulated ? text + "\n" + words("simulated") : String(text.dropLast())
  }

  /// What each perimeter says, and by which rule.
  func decisions(_ explanation: Explanation) -> String {
    var text = ""
    for (perimeter, decision) in explanation.decisions {
      let applies = perimeter.countries.contains(explanation.facts.country)
      let mark =
        !applies
        ? Terminal.faint("– " + words("explain.elsewhere"))
        : decision.isIn ? Terminal.green("✓ " + words("explain.in")) : Terminal.red("✗ " + words("explain.out"))
      text +=
        "\n\(mark)  " + Terminal.bold(perimeter.title[words.language]) + Terminal.faint("  (\(perimeter.id))") + "\n"
      text += "    " + sentence(decision, perimeter, explanation) + "\n"
      if let rule = decision.rule {
        text += "    " + Terminal.faint(words("explain.rule", ["rule": rule.id, "confidence": rule.confidence]))
        text += rule.isProvisional ? "  " + words("explain.provisional") : ""
        text += "\n"
      }
    }
    return text
  }

  /// Schemes of before are recognised without their labels: the code and the scheme are all there is to say then.
  func sentence(_ activity: Activity) -> String {
    var facts = [
      "activity": NomenclatureBook.printed(activity), "scheme": book.schemes[activity.scheme][words.language],
    ]
    guard let label = book.label(of: activity)?[words.language] else {
      return words("explain.activity_alone", facts)
    }
    facts["label"] = label
    return words("explain.activity", facts)
  }

  private func describe(_ establishment: Explanation.Establishment) -> String {
    var text = words("explain.establishment", ["id": establishment.id])
    if !establishment.isActive { text += " " + Terminal.red(words("explain.closed")) }
    if let activity = establishment.activity { text += "\n  " + sentence(activity) }
    return text + "\n"
  }

  private struct Report: Encodable {
    struct Establishment: Encodable {
      let id: String
      let active: Bool
    }
    let id: String
    let name: String
    let active: Bool
    let simulated: Bool
    let establishment: Establishment?
    let memberships: [MembershipDocument]
    let decisions: [DecisionDocument]
  }

  func json(_ explanation: Explanation) throws -> String {
    let report = Report(
      id: explanation.id, name: explanation.name, active: explanation.isActive, simulated: explanation.isSimulated,
      establishment: explanation.establishment.map { .init(id: $0.id, active: $0.isActive) },
      memberships: membershipDocuments(explanation), decisions: documents(explanation))
    return try JSON.text(report)
  }

  /// What each perimeter says, for programs.
  func documents(_ explanation: Explanation) -> [DecisionDocument] {
    explanation.decisions.map { perimeter, decision in
      DecisionDocument(
        perimeter: perimeter.id, in: decision.isIn, family: decision.family, subfamily: decision.subfamily,
        rule: decision.rule?.id, reason: sentence(decision, perimeter, explanation),
        confidence: decision.rule?.confidence, provisional: decision.rule?.isProvisional ?? false)
    }
  }
}

/// One perimeter's decision on one organisation, as JSON.
struct DecisionDocument: Encodable {
  let perimeter: String
  let `in`: Bool
  let family: String?
  let subfamily: String?
  let rule: String?
  let reason: String
  let confidence: String?
  let provisional: Bool
}
