package import Nomenclature

/// What a perimeter looks at in a unit.
package struct UnitFacts: Sendable, Equatable {
  package var country: Country
  package var form: String
  /// The activity that decides: the unit's, or the establishment's where the perimeter says so.
  package var activity: Activity?
  package var lists: Set<String>

  package init(country: Country, form: String, activity: Activity?, lists: Set<String> = []) {
    self.country = country
    self.form = form
    self.activity = activity
    self.lists = lists
  }
}

/// In or out, and the rule that decided. No rule: the form is in no rule of the perimeter.
package struct Decision: Sendable, Equatable {
  package let isIn: Bool
  package let family: String?
  package let subfamily: String?
  package let rule: Rule?
  /// For a unit kept out by its activity: the form rule that would have let it in.
  package let formRule: Rule?
}

extension Perimeter {
  /// Judges one unit. `PerimeterSQL` says the same to DuckDB for all units; a test holds them together.
  ///
  /// Order: a list that excludes; a legal form that excludes, which no list undoes; a list that includes; the legal
  /// form; the activity.
  package func decide(_ unit: UnitFacts) -> Decision {
    func out(_ rule: Rule?, form: Rule? = nil) -> Decision {
      Decision(isIn: false, family: nil, subfamily: nil, rule: rule, formRule: form)
    }
    guard countries.contains(unit.country) else { return out(nil) }
    let listed = active.filter { rule in
      rule.subject == .list && unit.lists.contains(rule.scheme) && unit.form.hasPrefix(rule.code)
    }
    if let rule = listed.first(where: { $0.effect == .exclude }) { return out(rule) }
    let formRule = formRule(unit)
    if let formRule, formRule.effect == .exclude { return out(formRule) }
    if let rule = listed.first(where: { $0.effect == .include }) {
      return Decision(
        isIn: true, family: rule.family ?? formRule?.family ?? "commercial_ess",
        subfamily: rule.family == nil ? formRule?.subfamily : rule.subfamily, rule: rule, formRule: formRule)
    }
    guard let formRule, formRule.effect == .include else { return out(formRule) }
    let excluding = active.first { rule in
      guard rule.subject == .activity, let activity = unit.activity else { return false }
      return rule.scheme == activity.scheme.rawValue && activity.code.hasPrefix(rule.code)
        && !rule.exceptFamilies.contains(formRule.family ?? "")
    }
    if let excluding { return out(excluding, form: formRule) }
    return Decision(
      isIn: true, family: formRule.family, subfamily: formRule.subfamily, rule: formRule, formRule: formRule)
  }

  /// The rule with the longest code that begins the form.
  func formRule(_ unit: UnitFacts) -> Rule? {
    let scheme = unit.country == .fr ? "fr-legal-forms" : "be-legal-forms"
    var best: Rule?
    for rule in active where rule.subject == .form && rule.scheme == scheme && unit.form.hasPrefix(rule.code) {
      if rule.code.utf8.count > best?.code.utf8.count ?? -1 { best = rule }
    }
    return best
  }
}
