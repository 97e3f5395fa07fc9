"""Neutral words by which a case is called: things, plants and birds; no names of people, no hints, no hurt."""

from typing import Final

_WORDS: Final = """
Aalbes Aardbei Aardpeer Abeel Abrikoos Akelei Akkerklokje Akkerwinde Alant Amandel Andijvie Ansjovis Appelbes
Artisjok Baars Baken Balein Bamboe Banjo Barnsteen Basalt Basilicum Beekpunge Beemdgras Beitel Bergamot
Bergkristal Bernagie Beukenblad Beukennoot Bieslook Bijvoet Blaadje Blauwbes Bloemkool Bloesem Boekenkast
Boekweit Boemerang Bolder Boomgaard Boomklever Boomkruiper Boomleeuwerik Boompieper Boomvalk Bosanemoon Bosbes
Boswilg Boterbloem Braambes Braamsluiper Brem Bremstruik Brievenbus Brilduiker Broodtrommel Buizerd Buksboom
Cederhout Cello Citroen Cranberry Dagpauwoog Dakpan Dauwbraam Dauwdruppel Deurbel Dille Dobber Doperwt Dopheide
Dotterbloem Draadklokje Draaimolen Draaiorgel Drempel Drieblad Drijfhout Duindoorn Duinpan Duinpieper Duinriet
Duinviooltje Duizendblad Eekhoorn Eendenkroos Eidereend Eik Elzenkatje Emmer Engelwortel Ereprijs Esdoorn
Espenblad Etui Fakkelgras Fazantenveer Fiets Fietsbel Fitis Fluitenkruid Fluweelbloem Forel Framboos Fuut Gagel
Gaspeldoorn Geelgors Gember Gentiaan Gerst Gierst Gierzwaluw Gieter Gipskruid Gitaar Glasfles Glaskruid
Goudplevier Goudsbloem Goudvink Graniet Grasklokje Graslelie Grasmus Graspieper Griend Groenling Grondel Grutto
Haagbeuk Haagwinde Harp Haver Hazelaar Hazelnoot Heggenmus Heggenrank Helmgras Hengel Herfsttijloos Hermelijn
Hoefblad Hommel Honingbij Honinggras Hooiberg Hooiwagen Hoornblad Houtduif Houtsnip Huiszwaluw Hulst IJsbloem
IJsduiker IJskruid IJsschots IJsvogel Kaardebol Kade Kalebas Kalmoes Kamille Kamperfoelie Kaneel Kanoet Kapstok
Karekiet Karwij Kastanje Katwilg Kelkje Kersenbloesem Kievit Kiezel Kiezelsteen Klaproos Klaver Klaverzuring
Klimop Klinker Klokhuis Kluut Knoopkruid Knotwilg Koekoeksbloem Koffiemolen Kokmeeuw Kompas Koolmees Koolwitje
Koperwiek Koraal Korenbloem Korenmolen Koriander Kornoelje Kraanvogel Krabbenscheer Krakeend Kramsvogel Krent
Krentenboom Krokus Kroosvaren Kropaar Kruisbes Kruiwagen Kuifeend Kuifmees Kurk Kwarts Kweepeer Kwelder
Kwikstaart Ladder Lamsoor Lantaarn Lariks Laurier Lavas Lavendel Leisteen Lepelaar Lepelblad Liguster Lijsterbes
Lindebloesem Linze Lisdodde Loofhout Lork Luifel Luit Lupine Maanvis Maanzaad Mandoline Maretak Marmer Matkop
Mattenbies Meerkoet Meidoorn Metselbij Moerasspirea Moerbei Molensteen Molenwiek Mosterd Muntthee Muurpeper
Nachtegaal Nachtkaars Nachtpauwoog Nectarine Noordster Notenboom Notenkraker Oeverlibel Oeverloper Oeverzwaluw
Orchis Oregano Otter Paardenbloem Paddenstoel Paperclip Paprika Paraplu Parelgras Passer Pastinaak Patrijs Peer
Peperboom Peterselie Peultje Pijlkruid Pijlstaart Pimpelmees Pimpernel Plataan Plevier Poelruit Pompoen Populier
Potlood Prunus Puttertje Raapzaad Rabarber Radijs Ratelpopulier Regenboog Regenton Regenwulp Reiger Rietgors
Rietgras Rietorchis Rietpluim Rietzanger Ringmus Rivierkreeft Roerdomp Rogge Rolklaver Roodstaart Rozenbottel
Saffraan Salamander Salie Satijnvlinder Savooiekool Schelp Schelpenpad Schildpad Scholekster Schorseneer
Selderij Sering Sijs Sinaasappel Sleedoorn Sleutel Sleutelbloem Sluis Smient Sneeuwbes Sneeuwgors Sneeuwklokje
Sneeuwroem Sneeuwvlok Snijbiet Snip Snoekbaars Spaarpot Specht Speenkruid Spelt Sperwer Spinazie Spirea Spoel
Spreeuw Sprinkhaan Spurrie Staartmees Steenbreek Steenloper Steenuil Steiger Stekelbaars Sterhyacint Stern
Stormmeeuw Strandkrab Strandloper Struikhei Suikerbiet Tafeleend Tamarinde Tapuit Tarwe Taxus Tegel Theepot Tijm
Tjiftjaf Toorts Torenvalk Tormentil Trechter Trilgras Troffel Trommel Trompet Tuinboon Tuinfluiter Tuinkers Tulp
Tulpenbol Tureluur Uiltje Uurwerk Varen Veenbes Veenmos Veenpluis Veerpont Veldbies Veldkers Veldleeuwerik
Veldspaat Venkel Vijg Vijver Vingerhoedskruid Visarend Vlieger Vlier Vlierbes Vlinderstruik Vogelkers Vogelmuur
Vossenbes Vuurdoorn Vuurtoren Waaier Walnoot Walstro Wandelstok Waslijn Waterbies Waterkers Waterlelie
Watermolen Watermunt Watersnip Waterspreeuw Waterviolier Weegbree Wielewaal Wijnruit Wikke Wilg Wilgenroosje
Windmolen Windwijzer Wintertaling Witlof Wolk Wollegras Wortel Wulp Zandbij Zandblauwtje Zanddoorn Zandloper
Zandoogje Zandsteen Zeealsem Zeearend Zeef Zeegras Zeekool Zeekraal Zeelt Zeepkruid Zeester Zeilboot Zevenblad
Zilvermeeuw Zilverreiger Zilverschoon Zilverspar Zonnebloem Zonnedauw Zonneroosje Zonnewijzer Zwaan Zwaluw
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
