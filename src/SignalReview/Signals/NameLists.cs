using System.Collections.Frozen;

namespace SignalReview.Signals;

/// <summary>
/// Words by which a name is known. Our own short lists of what is common in Dutch neighbourhoods; a name that is not in them is still found
/// beside a surname, behind "van der" or behind "heet".
/// </summary>
internal static class NameLists
{
    /// <summary>First names that are no ordinary Dutch or English word; also known when written small.</summary>
    public static FrozenSet<string> First { get; } = Words(
        """
        aad aaliyah aaron abdel abdelkader abdellah abderrahim abderrahman abdi abdoul abdoulaye abdul abdullah achraf adam adem adil adnan adriaan agnieszka ahmed aicha aisha aissa
        albert alejandro aleksandra alessandro alexander alexandra ali alicia alina amalia amber amelie amin amina amine amir amira anass andre andrea andreas andrei angela angelina anita anna annabel
        anne annelies annemarie anouar anouk anton antonia antonio appie arda arjan arjen armando arnold arthur arzu asiye asmaa assia astrid aya ayaan ayla ayman ayoub ayse aysel aziz aziza badr
        barbara bart bas bastiaan beatrice benjamin berat bert bilal bianca bjorn bogdan boris boyd bram brahim brandon brian britt burak busra camila carla carlijn carlos carmen caroline
        casper catharina cem chahid chaima chanel chantal charlotte chayenne cheyenne chiara chris christiaan christina christine cindy claudia cynthia dagmar damian damien dani daniel daniela danielle danny
        daphne dave david davy demi denise dennis denzel derya desi devin dewi diana diego dilan dina dirk dominik donny dounia driss dunya dylan ebru eda edwin eefje efe ekrem elena eleni elif elina
        elisa elisabeth elise ellen eline elke elly emily emir emma emre enes enrico erdem eric erik erwin esmee esra esther eva evelien evi ezgi fabian fadoua fahd faisal fanny farah farid fatiha fatima
        fatma fatou faye feline femke ferdi ferhat fien fleur floor floris frank franka fransje frederique freek gabriel gabriela gamze gerard gerda gerrit gijs giovanni gizem glenn gökhan greetje guillaume gunay
        gwen habiba hafsa hajar hakan hakim hala halima hamid hamida hamza hana hanan hanna hannah hans harm harold hasan hatice hatim heleen helena hendrik henk hicham hidde hilal hind houda hugo
        hülya hussein ibrahim ibtissam idris ikram ilias ilona ilse ilyas iman imane imke imran ines ingrid irem irene iris isa isabel isabella ismail ivo izzy jaap jacob jacqueline jaimy jalal jamal jamie jamila
        jan janine janna janneke jannes jari jarno jasmijn jasmin jason jasper jayden jayson jeanine jeffrey jelle jelte jennifer jenny jens jeremy jeroen jeroom jessica jesse jessy jet jill jim jimmy joana
        joep johan johanna john johnny jolanda jolien jonas jonathan joost jordan jordy joris josefien josephine joshua joyce judith julia julian juliette justin kaan kadir karel karim karima karin karlijn
        karolina kasper katarzyna kaya kayleigh kees keisha kelly kemal kenan kenneth kenza kevin khadija khalid khaoula kian kimberley kimberly klaas koen kofi kristel kübra kwame kyara laila lamyae lara lars
        laura laurens layla leila lenny leon leonie leroy levi liam lieke lieve lilian lina linda linde lisa lisanne liselotte loes lotte loubna louis louise luca lucas lucia luka lukas luuk lynn maaike maarten maartje madelief
        magdalena maha mahir mahmoud malak malika manal mandy manon manouk marcel marco margot maria mariam marie marieke marije marijke marijn marina mario marissa marit marjolein marleen marlies marloes
        marlon marouan marouane martha martijn martin martina marwa marwan mary maryam mateusz matthijs maud maurice maurits max maxime megan mehdi mehmet meike mehtap melanie melike melisa melissa melvin meral
        merel merve meryem michael michal michel michelle miguel mika mike milan milou mimoun mina mira miranda miriam mirjam mirte mirthe mitchell mohamed mohammed mohamad mona monica monique morad mounir
        mourad mouad mounia mustafa myrthe nabil nabila nada nadia nadine nadir najat najib naomi natalia natasja nathalie nathan naoufal nawal nawfal nazan nicky nick nicole niek niels nienke nika nikita nikki
        nina ninthe nisa noa noah noémi noor noortje nora nordin nouhaila noura nourdin nuray nurcan okan olaf oliver olivia omar omer oscar osman otto ouassim oumaima oussama özge özlem pascal patricia patrick
        paulien pauline pawel peter petra philip piet pieter pim piotr quincy quinten rachel rachelle rachid rachida rafael rahma rajae ralph ramon ramazan rania raphael rashid raul rayan rayane raymond rebecca redouan
        reem rens renske rianne ricardo richard rick rico rida riley rishi rivka robert roberto robin rochelle roderick roel roeland rogier romy ronald ronnie rosa rosalie rosanne roxanne ruben rutger ruud
        ryan saar saartje sabine sabrina saida said salah salim salima salma samantha samia samir samira samuel sander sandra sanne sanne sara sarah sebastiaan sebastian selim selin selma semih sena serdar serhat
        sevda shaima shakira shanaya shanice shaniqua sharon sheila shelly shirley sibel siham silvia simon simone siem sjoerd sjors sofia sofie soufian soufiane soukaina souhaila stan stefan stefanie steffie
        stephanie steven stijn sude sümeyye susan suzan suzanne svenja sven sylvana sylvia tamara tanja tarik tatiana teun thijmen thijs thomas thijmen tijmen tijn timo tineke tobias tom tomasz tosca tugba
        tycho ümit umut valentina valerie vanessa vera veerle victor victoria vincent viktor wafae walid wassim wendy wesley wessel wiktoria willem wim wouter xander yara yasemin yasin yasmin yasmina yasmine yassin
        yassine yassir yigit yorick youri youssef yousra yunus yusuf yvette yvonne zainab zakaria zehra zeynep ziad zineb zoë zuzanna
        finn sem daan tygo levi mees milo boaz thijn jurre stef tieme jelmer ties dex jaylen jayvano kyano xavi xaviën dion djamila djuna demian
        """);

    /// <summary>First names that are ordinary words too: a name only with a capital inside a sentence, or before a surname.</summary>
    public static FrozenSet<string> FirstOrWord { get; } = Words(
        """
        amber angel anker bas beau bo bob bobby chris dan dean dex dirk don eden faith fay fleur floor guus hope indy isa iris jan jet jim joy june kick kim king lars lente lily lot luna luck mark max may mees mei merel mick
        mo mike milan nick noor noa olive pim pip puck prince ray rob robin roos roy ron saar sam sil sky sofie star stef sterre stan storm sunny sven ted tess tijn tim tom wil will wolf zoe adam eva dave rick rico romeo angela
        destiny princess romy summer senna skye jordan david daan maria max steven
        """);

    /// <summary>Surnames that are no ordinary word.</summary>
    public static FrozenSet<string> Last { get; } = Words(
        """
        jansen janssen jansma janse hendriks hendriksen peters pietersen petersen dekker dijkstra hoekstra hofstra willemsen jacobs maas vermeulen verbeek verhoeven hermans schouten willems hoekman driessen huisman peeters
        martens maassen roelofs gerritsen groenewoud bosma bosman veenstra wiersma postma sikkema ytsma boersma haan yilmaz kaya demir çelik celik sahin şahin yildiz yıldız yildirim öztürk ozturk aydin arslan dogan kilic aslan
        cetin kara koc kurt ozdemir polat erdogan amrani benali bouzid bennani bouali bouchta chaouch idrissi haddouchi hamdaoui ouali azzouzi boulahrouz rahmouni bakkali tahiri alaoui hassani yahyaoui zouhair
        mensah okafor pinas sweet hoogvliet kowalski nowak wojcik singh ramdin ramlal sewpersad baldew jankie tjon nguyen pham popescu ionescu hussein warsame
        """);

    /// <summary>Surnames that are ordinary words too: only behind another word with a capital.</summary>
    public static FrozenSet<string> LastOrWord { get; } = Words(
        """
        bakker visser smit smits meijer meyer mulder bos vos peters koning kok kuiper postma prins brouwer blom hoek bosch haan koster molenaar timmerman scholten schipper post vink wolff smeets kramer kroon snijders
        groen zwart witte boer jong wit groot leeuw graaf bruin vries berg dijk dam beek heuvel brink linden heijden meer laan veen velde
        """);

    /// <summary>Between a first name and a surname.</summary>
    public static FrozenSet<string> Between { get; } = Words("van der den de het 't el al ben bin ter ten te la le da dos da di du von st op in");

    /// <summary>A surname that follows these has no ordinary reading: "van der Berg", "el Amrani".</summary>
    public static FrozenSet<string> SurelyBetween { get; } = Words("der den 't el bin ter ten");

    /// <summary>What comes before a name.</summary>
    public static FrozenSet<string> Before { get; } = Words(
        """
        meneer mevrouw dhr mw mevr juf juffrouw meester tante oom dokter imam mentor trainer coach conciërge agent wijkagent docent leraar
        heet heette heten heetten genaamd geheten noemt naam voornaam achternaam
        """);

    /// <summary>Words with a capital that are no names of persons.</summary>
    public static FrozenSet<string> NotNames { get; } = Words(
        """
        instagram insta snapchat snap tiktok youtube whatsapp telegram discord facebook twitter bereal twitch roblox fortnite minecraft steam signal reddit pinterest threads spotify netflix google apple android iphone
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april juni juli augustus september oktober november december kerst pasen ramadan suikerfeest eid oud nieuw koningsdag
        nederlands engels duits frans turks arabisch marokkaans surinaams antilliaans spaans pools papiaments berbers sranan nederland amsterdam rotterdam utrecht marokko turkije suriname curaçao
        veilig thuis jeugdzorg politie gemeente school college halt kamer groep jongere kind fenomeen god allah jezus islam koran bijbel hbo mbo havo vwo vmbo ggd ggz storytime story live reel feed noord zuid oost west
        ik jij hij zij we wij jullie ze het de een en of maar dus want als dat dit die deze er hier daar nu dan toen ook niet geen wel al nog van voor met op in aan bij naar uit over door onder tegen tot om te
        wie wat waar wanneer waarom hoe heb heeft had ben is was zijn waren kan kon wil wilde mag moet zal zou mijn jouw haar hun ons onze één alle alles iedereen niemand iemand soms vaak altijd nooit gisteren vandaag morgen
        """);

    private static FrozenSet<string> Words(string text) =>
        text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
