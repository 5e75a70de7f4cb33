/// A register of associations of a few rows, in both of its layouts, as its publisher writes it.
package struct SmallRNA {
  package struct Row {
    package var id: String
    package var title: String
    package var siret = ""
    package var commune = "59350"
    package var position = "A"
    package var dissolved = "0001-01-01"
    package var observation = ""
    package var purpose = "006030"
    package var updated = "2026-09-01 10:00:00"

    package init(
      _ id: String, _ title: String, siret: String = "", commune: String = "59350", position: String = "A",
      dissolved: String = "0001-01-01", observation: String = "", purpose: String = "006030",
      updated: String = "2026-09-01 10:00:00"
    ) {
      self.id = id
      self.title = title
      self.siret = siret
      self.commune = commune
      self.position = position
      self.dissolved = dissolved
      self.observation = observation
      self.purpose = purpose
      self.updated = updated
    }
  }

  package static func waldec(_ rows: [Row]) -> String {
    "id;id_ex;siret;gestion;date_creat;date_disso;titre;titre_court;objet;objet_social1;adrs_codeinsee;adrs_codepostal;adrs_libcommune;telephone;observation;position;maj_time\n"
      + rows.map {
        "\($0.id);\"\";\"\($0.siret)\";595P;2010-05-06;\($0.dissolved);\($0.title);\"\";\"objet \"\"cité\"\"\";\($0.purpose);\($0.commune);59000;Lille;0300000000;\"\(($0.observation))\";\($0.position);\($0.updated)\n"
      }.joined()
  }

  package static func imported(_ rows: [Row]) -> String {
    "id;id_ex;siret;gestion;date_creat;titre;objet;objet_social1;adrs_codepostal;libcom;adrs_codeinsee;observation;position;rup_mi;maj_time\n"
      + rows.map {
        "\($0.id);\"\";\"\($0.siret)\";595P;0001-01-01;\($0.title);objet;\($0.purpose);59000;LILLE;\($0.commune);\($0.observation);\($0.position);\"\";\($0.updated)\n"
      }.joined()
  }
}
