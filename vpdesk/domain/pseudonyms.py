"""Neutral words by which a case is called: things, plants and birds; no names of people, no hints, no hurt."""

from typing import Final

_WORDS: Final = """
Aalbes Aardbei Aardpeer Abeel Abrikoos Akelei Akkerklokje Akkerwinde Alant Amandel Andijvie Ansjovis Appelbes
Artisjok Asperge Aubergine Augurk Baars Baken Balein Bamboe Banjo Barnsteen Basalt Basilicum
Beekpunge Beemdgras Beitel Bergamot Bergkristal Bernagie Beukenblad Beukennoot Bieslook Biggenkruid Bijvoet
Blaadje Blauwbes Blauwborst Bloemkool Bloesem Blokfluit Boekenkast Boekweit Boemerang Boerenkool Bolder Bontbek
Boomgaard Boomklever Boomkruiper Boomleeuwerik Boompieper Boomvalk Bosanemoon Bosbes Bosuil Boswilg Boterbloem
Braambes Braamsluiper Brandgans Brem Bremstruik Brievenbus Brilduiker Broodtrommel Buizerd Buksboom Cederhout
Cello Citroen Courgette Cranberry Dagpauwoog Dakpan Dauwbraam Dauwdruppel Deurbel Dille Dobber Dodaars Doperwt
Dopheide Dotterbloem Dovenetel Draadklokje Draaimolen Draaiorgel Drempel Drieblad Drijfhout
Duindoorn Duinpan Duinpieper Duinriet Duinviooltje Duizendblad Eekhoorn Eendenkroos Eidereend Eik Eikel
Elzenkatje Emmer Engelwortel Ereprijs Esdoorn Espenblad Etui Fakkelgras Fazantenveer Fiets Fietsbel Fitis
Fluitenkruid Fluweelbloem Forel Framboos Fuut Gagel Ganzerik Gaspeldoorn Geelgors Gember Gentiaan Gerst Gierst
Gierzwaluw Gieter Gipskruid Gitaar Glasfles Glaskruid Glimworm Goudplevier Goudsbloem Goudvink Graniet
Grasklokje Graslelie Grasmus Graspieper Grauwgans Griend Groenling Grondel Grutto Guldenroede Haagbeuk Haagwinde
Hamer Harp Haver Havik Hazelaar Hazelnoot Heggenmus Heggenrank Helmgras Hengel Herfsttijloos Hermelijn Hoefblad
Hommel Honingbij Honinggras Hooiberg Hooiwagen Hoornblad Houtduif Houtsnip Huiszwaluw Hulst Hyacint IJsbloem
IJsduiker IJskruid IJsschots IJsvogel Kaardebol Kachel Kade Kalebas Kalmoes Kamille Kamperfoelie Kaneel Kanoet
Kapstok Karekiet Karwij Kastanje Katwilg Kelkje Kersenbloesem Kerspruim Kievit Kiezel Kiezelsteen Klaproos
Klaver Klaverzuring Kleefkruid Klimop Klinker Klokhuis Kluut Knoopkruid Knotwilg Koekoeksbloem Koffiemolen
Kokmeeuw Kolgans Komkommer Kompas Koolmees Koolwitje Koperwiek Koraal Korenbloem Korenmolen Koriander Kornoelje
Kraanvogel Krabbenscheer Krakeend Kramsvogel Krent Krentenboom Krokus Kroosvaren Kropaar Kruisbes Kruiwagen
Kuifeend Kuifmees Kurk Kussen Kwartel Kwarts Kweepeer Kwelder Kwikstaart Ladder Lamsoor Lantaarn Lariks Laurier
Lavas Lavendel Leisteen Lepelaar Lepelblad Liguster Lijsterbes Lindebloesem Linze Lisdodde Loofhout Lork Luifel
Luit Lupine Maanvis Maanzaad Mandoline Maretak Marmer Matkop Mattenbies Meerkoet Meidoorn Meloen Metselbij
Mirabel Moerasspirea Moerbei Molensteen Molenwiek Mosterd Muntthee Muurleeuwenbek Muurpeper Nachtegaal
Nachtkaars Nachtpauwoog Nectarine Noordster Notenboom Notenkraker Oeverlibel Oeverloper Oeverzwaluw Orchis
Oregano Orgelpijp Otter Paardenbloem Paddenstoel Papaver Paperclip Paprika Paraplu Parelgras Parelmoer Passer
Pastinaak Patrijs Peer Peperboom Peterselie Peultje Pijlkruid Pijlstaart Pijpenstro Pimpelmees Pimpernel Plataan
Plevier Poelruit Pompoen Populier Potlood Pruim Prunus Puttertje Raapzaad Rabarber Radijs Ratelaar Ratelpopulier
Regenboog Regenton Regenwulp Reiger Reuzenbalsem Rietgors Rietgras Rietorchis Rietpluim Rietzanger Ringmus
Rivierkreeft Roerdomp Rogge Rolklaver Roodborst Roodborsttapuit Roodstaart Rotgans Rozenbottel Saffraan
Salamander Salie Satijnvlinder Savooiekool Schelp Schelpenpad Schildpad Scholekster Schorseneer Selderij Sering
Sijs Sinaasappel Sleedoorn Sleutel Sleutelbloem Sluis Smient Sneeuwbes Sneeuwgors Sneeuwklokje Sneeuwroem
Sneeuwvlok Snijbiet Snip Snoekbaars Spaarpot Specht Speenkruid Spelt Sperwer Spinazie Spirea Spoel Spotvogel
Spreeuw Sprinkhaan Spurrie Staartmees Steenbreek Steenloper Steenuil Steiger Stekelbaars Sterhyacint Stern
Stormmeeuw Strandkrab Strandloper Struikhei Suikerbiet Tafeleend Tamarinde Tapuit Tarwe Taxus Tegel Teunisbloem
Theepot Tijm Tjiftjaf Toorts Torenvalk Tormentil Trechter Trilgras Troffel Trommel Trompet Tuinboon Tuinfluiter
Tuinkers Tulp Tulpenbol Tureluur Uiltje Uurwerk Valeriaan Varen Veenbes Veenmos Veenpluis Veerpont Veldbies
Veldkers Veldleeuwerik Veldspaat Venkel Vetkruid Vijg Vijver Vingerhoed Vingerhoedskruid Viooltje Visarend
Vlasbek Vlieger Vlier Vlierbes Vlinderstruik Vogelkers Vogelmuur Vossenbes Vuurdoorn Vuurtoren Waaier Walnoot
Walstro Wandelstok Waslijn Waterbies Waterkers Waterlelie Watermeloen Watermolen Watermunt Watersnip
Waterspreeuw Waterviolier Weegbree Wielewaal Wijnruit Wikke Wilg Wilgenroosje Winde Windmolen Windwijzer
Wintertaling Witlof Wolk Wollegras Wortel Wulp Zaagbek Zandbij Zandblauwtje Zanddoorn Zandloper Zandoogje
Zandsteen Zeealsem Zeearend Zeef Zeegras Zeekool Zeekraal Zeelt Zeepkruid Zeester Zeilboot Zevenblad Zilvermeeuw
Zilverreiger Zilverschoon Zilverspar Zonnebloem Zonnedauw Zonneroosje Zonnewijzer Zuring Zwaan Zwaluw
Zwanenbloem Zweefvlieg
"""

PSEUDONYMS: Final[tuple[str, ...]] = tuple(_WORDS.split())


def free_pseudonyms(in_use: frozenset[str]) -> tuple[str, ...]:
    """Return the pseudonyms that nobody has; once all words are taken, the same words with the lowest free number."""
    free = tuple(word for word in PSEUDONYMS if word not in in_use)
    number = 1
    while not free:
        number += 1
        free = tuple(f"{word} {number}" for word in PSEUDONYMS if f"{word} {number}" not in in_use)
    return free
