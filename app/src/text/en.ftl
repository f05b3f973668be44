# The portal in English. Every key stands in every language; a test compares them.

brand = Shouwang
brand-long = Shouwang, the city's safety portal
skip = Skip to the content
switch-language = 中文
demo-banner = Demonstration. This city does not exist, and nobody reads what is sent here.
footer-promise = What you send is stored encrypted. Every time it is opened, that is written down.
footer-open = What is being reported
footer-home = Home page
error-prefix = Error:

service-police = Police
service-fire = Fire and rescue
service-ambulance = Ambulance
service-traffic = Traffic accidents
service-hotline = City hotline, no emergency

home-title = Emergency numbers, and report an incident
home-heading = In danger? Call now.
home-lead = A call is the fastest way to get help. If you cannot speak, report here.
home-ways = What do you need?
home-report = Report an incident
home-report-what = Ask for help, or tell us of a danger. No account, works on a weak connection.
home-guidance = What to do
home-guidance-what = Guidance for your situation. Not open yet.
home-shelter = Find shelter
home-shelter-what = Places that take people in. Not open yet: call { $number } and ask.
home-open = See what is being reported in the city

report-title = Report an incident
report-heading = Report an incident
report-lead = Only the kind of incident and the place are needed. You can add more later.
call-now = Call now
call-now-why = A life may be in danger. A call is faster than this form. What you have typed stays here.
call-now-after = A report does not replace a call. If a life may be in danger, call as well.
call = Call { $number } { $service }
report-category = What is it?
report-more = More kinds
report-danger = Someone is in danger right now
report-where = Where is it?
report-where-hint = Fill in what you can. One of these is enough.
report-address = Address or landmark
report-address-hint = For example: 12 Mill Road, or behind the east gate of the market
report-position = Coordinates, plus code or map link
report-position-hint = For example: 31.2304, 121.4737 or 8Q336FJF+5F
report-unknown = I do not know where it is
report-people = How many people need help?
report-people-hint = A number. Leave it empty if you do not know.
report-what = What happened?
report-what-hint = What you see, and what is needed. Up to { $limit } characters.
report-contact = How can we reach you? (optional)
report-contact-hint = Telephone or e-mail. Used only to ask you about this report. Without it the report counts just the same.
report-notice = We use what you write to send help (emergency basis). Your contact is used only because you give it, and you can see who opened it. Both are stored encrypted.
report-send = Send the report
report-locate = Find my position
report-locating = Finding your position …
report-located = Position found, accurate to about { $metres } m.
report-locate-failed = The position could not be found. Type the place instead.
report-locate-refused = The phone does not allow this. Type the place instead.
count-left = { $count } characters left
count-over = { $count } characters too many

summary-title = Please mend the following
summary-conflict = Something else was already sent with this form
summary-conflict-what = Your earlier report is safe and unchanged. To add to it, use its tracking link. If this is another incident, press “Send the report” again: it will be sent as a new report.
summary-conflict-note = Your earlier addition is stored and unchanged. To add this as well, press “Send” again.
summary-unavailable = We could not store this yet
summary-unavailable-what = Nothing you typed is lost: it is below. Press “Send” again in a moment. If it is urgent, call now:
fault-key = This form was not complete. It is now: please send it again.
fault-category-missing = Choose what it is.
fault-category-unknown = Choose one of the kinds below.
fault-place-missing = Say where it is, or tick “I do not know where it is”.
fault-people = Give the number of people as a whole number, for example 3, or leave it empty.
fault-long = Shorten “{ $field }”: it has { $has } characters, and { $limit } fit.
fault-unprintable = “{ $field }” holds a character that cannot be shown. Remove it, please.
fault-note-missing = Write what you want to add.

receipt-title = We have your report
receipt-heading = We have your report.
receipt-stored = Stored safely at { $time }.
receipt-reference = Reference
receipt-reference-hint = Give it when you call.
receipt-link = Your secret link
receipt-link-hint = With it you can see what happens and add to your report. Whoever has the link can do the same: keep it to yourself.
receipt-follow = Follow my report
receipt-qr = QR code of the secret link
receipt-qr-hint = Scan it with another phone, or print this page.
receipt-proof = Signed receipt
receipt-proof-hint = It proves what was sent and when. Keep the line below; it is signed with Ed25519 by the key { $signer }.

track-title = My report
track-heading = Report { $reference }
track-status = Status
status-received = Received. Stored safely; nobody has taken it up yet.
track-history = What has happened
entry-received = Report received
entry-advised = You were shown whom to call
entry-advised-desk = They were shown whom to call
entry-more = You told us more
entry-more-desk = They told us more
entry-note-desk = Addition
entry-note = You added
track-sent = What you sent
track-danger = Someone is in danger
track-yes = yes
track-no = no
track-people = People who need help
track-unknown = not known
track-place = Place
track-position = Position
track-accuracy = accurate to about { $metres } m
track-approximate = read from what you typed
datum-gcj02 = converted from GCJ-02, the positions of AMap and Tencent
datum-bd09 = converted from BD-09, the positions of Baidu
track-what = What happened
track-contact = How we can reach you
track-none = nothing
track-add = Add something
track-add-hint = Has anything changed? Up to { $limit } characters.
track-send = Send
track-added = Your addition is stored.

open-title = What is being reported
open-heading = What is being reported
open-lead = Counts only. Areas with fewer than { $k } reports are not shown, so that nobody can be recognised.
open-period = Period
period-all = All
period-month = 30 days
period-day = 24 hours
open-at = Counted at { $time }.
open-behind = { $count ->
    [one] { $count } event is still being counted.
   *[other] { $count } events are still being counted.
}
open-span = From { $from } to { $to }.
open-empty = No reports in this period.
open-by-category = By kind
open-class = Class
open-kind = Kind
open-reports = Reports
open-share = Share
open-total = Total
open-by-hour = By hour of the day
open-hour = Hour
open-hour-chart = Reports by hour of the day. Fewest at { $low } o'clock ({ $least }), most at { $high } o'clock ({ $most }). The table below has every number.
open-by-area = By area
open-area = Area (H3 cell)
open-centre = Centre
open-areas-left-out = { $count ->
    [one] { $count } area has too few reports to be shown.
   *[other] { $count } areas have too few reports to be shown.
}
open-areas-more = The { $shown } areas with the most reports, of { $all }.
open-download = Download the counts (CSV)

class-11000 = Natural disasters
class-12000 = Accidents
class-13000 = Public health
class-14000 = Social safety
class-19000 = Other

category-12G00 = Fire or smoke
category-13Y00 = Someone is ill or hurt
category-12H00 = Road accident
category-14B00 = Violence, theft or threat
category-11A02 = Flooded street or building
category-12D00 = Gas leak or chemicals
category-12P00 = Power, water or gas is out
category-20000 = Something dangerous, nothing has happened yet
category-11A01 = River flood
category-11A51 = Flash flood
category-11B01 = Typhoon
category-11B03 = Heavy rain
category-11B06 = Strong wind
category-11B08 = Ice and freezing
category-11B09 = Extreme heat
category-11C00 = Earthquake
category-11D01 = Landslide
category-11D06 = Ground or road caving in
category-11G00 = Forest or grass fire
category-12C00 = Building or scaffold collapsing
category-12E00 = Explosion or fireworks
category-12J00 = Accident on the water
category-12L00 = Metro accident
category-12N00 = Trapped in a lift, machinery accident
category-12Q00 = Pollution
category-12S00 = Crush in a crowd
category-12T00 = Radiation
category-13A00 = Infectious disease
category-13B00 = Spoilt food or bad medicine
category-13C00 = Several people poisoned
category-14A00 = Unrest in a crowd
category-14F00 = Attack
category-19000 = Something else

missing-title = Page not found
missing-heading = There is nothing here.
missing-what = The address may be mistyped, or the link incomplete. In danger, call now:
down-title = Not available at the moment
down-heading = This page is not available at the moment.
down-what = Please try again in a minute. In danger, call now:

status-triaged = Looked at. We are finding the right department.
status-assigned = A department has it.
status-in-progress = People are at work on it.
status-waiting = Waiting for your answer. Please see the question below. This time does not count against our promise.
status-done = Solved, and there is evidence.
status-partly = Partly solved. Below you can read what is still missing.
status-refused = We cannot take this up. Below you can read the legal ground and the reason.
status-resolved-itself = The problem has gone away by itself.
status-duplicate = Another report is about the same thing. They are handled together.
status-unreachable = We could not reach you, so we cannot go on. Add what is missing, and you can open it again.
status-reopened = Open again. Somebody will look at it once more.
status-short-received = Received
status-short-triaged = Looked at
status-short-assigned = With a department
status-short-in-progress = In progress
status-short-waiting = Your answer is needed
status-short-done = Solved
status-short-partly = Partly solved
status-short-refused = Refused
status-short-resolved-itself = Gone by itself
status-short-duplicate = Duplicate
status-short-unreachable = Could not reach you
status-short-reopened = Open again
ground-no-power = The city has no power over this
ground-other-authority = By law another authority decides; the reason says which
ground-proceedings = It is, or must be, before a court, an arbitrator, or a body of discipline or review
ground-petition = It is already in the petition channel
ground-information = It is a request for government information, which has its own procedure
ground-private = It is a dispute between private people, in which we may not step
ground-secrecy = It concerns state secrets, business secrets or another person's private life
ground-unlawful = What is asked for is against the law or public order
ground-uncheckable = It was sent without a name and cannot be checked
ground-nothing-new = It was answered before, and there is nothing new
department-police = Police
department-fire = Fire and rescue
department-traffic = Traffic police
department-health = Health
department-environment = Environment
department-safety = Work safety
department-utilities = Water, power and gas
department-duty = Duty desk
role-handler = Handler
role-duty-officer = Duty officer
role-moderator = Moderator
role-administrator = Administrator
trace-title = Why { $department } has it
trace-rule = Rule used: { $rule }
trace-runner-up = Otherwise rule { $rule } would have sent it to { $department }
trace-no-runner-up = No other rule fits.
trace-passed = Rule { $rule } does not fit: { $why }
condition-category = another kind of incident
condition-area = not in its areas
condition-hours = not in its hours
condition-answer = another answer
condition-people = too few people, or no number given
condition-danger = danger is not as the rule says
track-owner = It is with
track-evidence = What shows it:
track-opened = Who has opened your report
track-opened-hint = Departments, by the hour in which they opened what you sent.
track-question = We have a question
track-answer = Your answer
track-answer-hint = Until { $time }. The promised times stand still as long.
track-answer-send = Answer
track-contest = It is not solved
track-contest-why = What is still wrong?
track-contest-hint = It is opened again, and counted publicly. You can do this once.
track-contest-send = Open it again
track-rate = How did it go?
track-rate-why = Anything to add? (optional)
track-rate-send = Send
rating-solved = It is solved
rating-partly = It is partly solved
rating-not-solved = It is not solved
act-offer = Offered to { $department }
act-accept = Taken over from { $department }
act-refuse = Not taken over from { $department }
act-question = We asked
act-answer = You answered
act-answer-desk = Answer
act-contest = Said not to be solved; open again
act-remark = Remark
act-seen = Opened by the department
act-alarm = A promised time comes near or has passed
act-lapsed = The question was not answered within five days; the work goes on without an answer
act-join = Somebody else has the same problem
template-in-progress-on-the-way = Somebody of ours is on the way.
template-in-progress-material = We know what is to be done, and are waiting for the material.
template-in-progress-planned = The work is planned for the coming days.
template-waiting-where = Where exactly is it? A house number, a floor or something that stands next to it would help us to find it.
template-waiting-still = Is it still so?
template-waiting-since = Since when has it been so?
template-done-repaired = It has been repaired and checked.
template-done-rescued = The people are safe, and the place is secured.
template-done-cleared = The danger has been cleared away, and the place was checked afterwards.
template-partly-secured = The place is secured, so nobody is in danger now. The repair itself is still to come.
template-refused-elsewhere = By law another authority decides this. It is named below.
template-refused-court = It is, or must be, decided by a court. We may not decide in its place.
template-resolved-itself-gone = When our people came, the problem was gone.
template-resolved-itself-nothing-found = Our people came and looked, and found nothing of it any more.
template-duplicate-joined = Others have reported the same. It is handled with the first report, and nothing of yours is lost.
template-unreachable-three-times = We tried three times to reach you, at different hours. If it still matters, open it again below.
case-evidence = What shows that it is done
case-evidence-hint = For example what was measured or seen, by whom, or the number of a record.
clock-until = until { $time }
fault-missing = “{ $field }” is needed here.
fault-choose = Choose one of the possibilities: “{ $field }”.
fault-duplicate-unknown = No other report has this reference.

desk-title = Desk
desk-lead = { $open ->
    [0] Nothing is waiting here.
    [one] { $open } open report
   *[other] { $open } open reports
}{ $unseen ->
    [0] {""}
   *[other] , { $unseen } not opened yet
}
desk-queues = Queues
desk-open = Open
desk-offered = Offered to us
desk-closed = Closed
desk-empty-open = Nothing is open. New reports appear here by themselves when you reload the page.
desk-empty-offered = No other department asks you to take anything over.
desk-empty-closed = Nothing has been closed yet.
desk-page = Page { $page }
desk-pages = Pages
desk-previous = Previous page
desk-next = Next page
desk-find = Find by reference
desk-find-hint = As people read it out: XXXX-XXX-XXX
desk-find-go = Find
desk-find-none = No report has the reference { $reference }.
desk-other = Other departments
desk-unseen = new
desk-danger = danger to life
desk-joined = { $count ->
    [one] { $count } more person has the same problem
   *[other] { $count } more people have the same problem
}
desk-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
desk-received = received { $time }
desk-sign-out = Sign out
desk-signed-in = Signed in: { $name }, { $department } ({ $role })
enter-title = Sign in
enter-heading = Sign in to the desk
enter-what = This link signs you in once, for 12 hours, in this browser.
enter-go = Sign in
enter-dead-title = The link does not work
enter-dead = It was used before, or it is too old. Ask your administrator for a new one.
desk-closed-door-title = You are not signed in
desk-closed-door = Open the link that your administrator gave you. It works once; ask for a new one when it was used.

clock-answer = Answer
clock-act = Act
clock-left = { $time } left
clock-late = late by { $time }
clock-soon = only { $time } left
clock-paused = paused, waiting for the person
clock-met = done at { $time }
clock-met-late = done late, at { $time }
clock-minutes = { $count } min
clock-hours = { $count } h
clock-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

case-title = Report { $reference }
case-back = Back to the queue
case-editing = { $name } is at work on this report until { $time }. Until then nobody else changes it.
case-journal = That you opened this is written down, and the person who reported can read it.
case-no-trace = It was not placed by a rule.
case-owner = In the queue of
case-offered = Offered to { $department }
case-history = History
case-promises = Promised times
case-sent = What was sent
case-state = Change the state
case-to = New state
case-reason = What the person who reported will read
case-template = Or one of these sentences, shown in the reader's language
case-template-none = My own words above
case-ground = Legal ground, for a refusal
case-ground-none = No refusal
case-duplicate = Reference of the report it duplicates
case-change = Change the state
case-ask = Ask the person
case-question = Question
case-question-hint = They see it with their link and have five days to answer. The clocks stand still until then.
case-ask-go = Ask
case-pass = Pass on to another department
case-department = Department
case-inner = Why (for the desk only)
case-pass-go = Offer it
case-pass-hint = It stays in your queue until they take it over.
case-take = You are asked to take this over
case-accept = Take it over
case-refuse = Refuse, with the reason above
case-remark = Remark for the desk
case-remark-go = Keep the remark
case-done = Done.
case-locked-title = Somebody else is at work on it
case-locked = { $name } is at work on report { $reference } until { $time }. Nothing of yours was stored; it stands below as you typed it. You can take the work over on the page of the report.
case-over = Take over and send this
case-stale-title = Somebody changed this report meanwhile
case-stale = Nothing of yours was stored. Look at the history below; then send again if it still holds.
case-refused-step-title = This step is not possible
case-refused-step = The report stands elsewhere, or your role does not allow it. Nothing was changed.

question-trapped = Is anybody trapped?
question-hurt = Is anybody hurt or feeling ill?
question-worse = Is it getting worse right now?
question-since = Since when?
question-floor = On which floor? Below ground: a number like -1
question-passable = Can vehicles get past?
question-burning = What is burning?
question-stairs-smoke = Is there thick smoke in the stairs?
question-close-by = Is any of this close by? (tick all)
question-vehicles = Who or what is involved? (tick all)
question-spilling = Is anything leaking from the lorry?
question-leaking = What is leaking?
question-smell = Do you smell gas?
question-label = Number or name on the lorry, tank or packet
question-machine = Which machine?
question-inside = Is anybody in the lift?
question-lift-number = Number on the notice in the lift
question-supply = What is it about?
question-wire-down = Is a power line down, or giving off sparks?
question-medical-device = Does somebody there need electricity for a medical device to stay alive?
question-extent = How far does it reach?
question-medium = What is polluted?
question-seen = What do you see or smell? (tick all)
question-source = Where may it come from?
question-awake = Is the person awake?
question-breathing = How is the person breathing?
question-symptoms = What has happened to the person? (tick all)
question-taken = What was swallowed or breathed in, and how much?
question-age = About how old is the person?
question-product = What is it?
question-bought = Where was it bought or eaten?
question-ill-count = How many people feel ill? 0 if none
question-ill-signs = What are the signs? (tick all)
question-eaten = When was it eaten or taken?
question-together = Where were the people together, or what did they all eat?
question-water-where = Where is the water?
question-in-vehicle = Is anybody in a vehicle in the water?
question-depth = About how deep is it, in centimetres? Up to the knee is about 50
question-rising = Is the water still rising?
question-damage = What do you see? (tick all)
question-way-out = Can people get away?
question-crowd-size = About how many people?
question-mood = What is going on? (tick all)
question-still-there = Is the attacker still there or close by?
question-weapon = Is there a weapon?
question-ring = May we ring you?
question-who = What do they look like? Where did they go?
question-hazard = What kind of danger?
question-hazard-what = Tell us what the danger is
question-closed-off = Is the place closed off?
question-topic = What is it about?
question-attacking = Is the animal attacking people?
choice-yes = Yes
choice-no = No
choice-unsure = Not sure
choice-other = Something else
choice-home = A home
choice-shop = A shop or an office
choice-factory = A factory or a warehouse
choice-vehicle = A vehicle
choice-e-bike = An electric bicycle or a battery
choice-forest = Trees or grass
choice-rubbish = Rubbish
choice-cylinders = Gas cylinders
choice-fuel = Petrol or other fuel
choice-chemicals = Chemicals
choice-power-line = Power lines or a transformer
choice-open = Yes
choice-partly = In part
choice-blocked = No, the way is blocked
choice-car = Car
choice-bus = Bus or coach
choice-lorry = Lorry
choice-tanker = Tanker, or a lorry with dangerous goods
choice-two-wheeler = Motorcycle, electric bicycle or bicycle
choice-pedestrian = Pedestrian
choice-gas = Gas
choice-cylinder = A gas cylinder
choice-indoors = Yes, indoors
choice-outside = Yes, outside
choice-lift = Lift
choice-escalator = Escalator
choice-crane = Crane
choice-boiler = Boiler or pressure vessel
choice-ride = Fairground ride
choice-power = Electricity
choice-water = Water
choice-heating = Heating
choice-bill = A bill or a contract
choice-meter = Low pressure, a meter, a new connection
choice-one-home = One home
choice-whole-building = The whole building
choice-block = The neighbourhood, or more
choice-air = Air
choice-ground = The ground
choice-waste = Dumped waste
choice-noise = Noise
choice-odour = A sharp smell
choice-colour = A strange colour
choice-foam = Foam
choice-dead-fish = Dead fish
choice-dark-smoke = Dark smoke
choice-well = Normally
choice-badly = Hardly able to breathe
choice-not-at-all = Not breathing
choice-chest-pain = Chest pain
choice-bleeding = Heavy bleeding
choice-stroke = Face droops, an arm is weak, or speech is slurred
choice-seizure = Seizure
choice-poisoning = Poisoning
choice-birth = Baby is coming
choice-fall = A fall
choice-burn = A burn
choice-meal = A meal or a delivery
choice-packaged = Packaged food
choice-medicine = Medicine
choice-price = Only a price or a refund
choice-vomiting = Vomiting or diarrhoea
choice-fever = Fever
choice-rash = Rash
choice-fainted = Fainted
choice-street = A street
choice-underpass = An underpass
choice-basement = A basement or an underground car park
choice-metro = A metro station
choice-tree = A tree is down
choice-wire = A power line is down
choice-roof = Parts of a roof or a wall came down
choice-cracks = New cracks in a building or the ground
choice-rocks = Rocks or earth are sliding
choice-flooding = Flooding
choice-dozens = Dozens
choice-hundreds = Hundreds
choice-thousands = Thousands
choice-arguing = Arguing
choice-blocking = Blocking a road or a door
choice-pushing = Pushing and crushing
choice-fighting = Fighting
choice-weapons = Somebody has a weapon
choice-gun = A gun
choice-knife = A knife
choice-may-ring = Yes, ring me
choice-text-only = No, do not ring. Only write
choice-exit = A blocked escape route or exit
choice-wiring = Old or makeshift electric wiring
choice-charging = Electric bicycles charged indoors or in a stairwell
choice-building = Cracks in a building, or parts about to fall
choice-manhole = A missing manhole cover, or a hole in the road
choice-slope = A slope that may slide
choice-road = A damaged road or bridge
choice-animal = An animal
choice-street-light = A street light
choice-lost = Something lost or found
choice-office = A question to an office
advice-bill = Your supplier answers questions about bills and contracts. Call the number on your bill, or ask at { $number }.
advice-lost-property = Go to the nearest police station with anything lost or found, or ask at { $number }.
advice-purchase = For a price or a refund, ask the shop first, or complain at { $number }. If it made somebody ill, choose what it is and go on here.
advice-office-hours = The office that does this is closed now. Come back in office hours, or leave your question at { $number }.

# The further pages of the form: what is close by, extra questions, a last look.
details-title = A few questions
details-heading = A few more questions
details-lead = They help the right people come with the right things. Leave out what you do not know.
more-lead = Only when you are safe. Every answer helps the right people come with the right things. Leave out what you do not know.
more-link = When you are safe: answer a few questions
more-link-calm = Answer a few questions
more-not-yet = Not sent yet: your answers bring up another question.
more-none = There is nothing more to ask: it has been answered, or the report is closed.
details-optional = (optional)
details-on = Continue
details-back = Change what I wrote
answer-and = {", "}
fault-answer = Answer this: { $field }
fault-answer-unknown = This answer cannot be understood: { $field }
fault-join = That report has been closed meanwhile. Choose another one, or go on with yours.
nearby-heading = Has somebody already reported it?
nearby-lead = These are open close by. If yours is one of them, you need not report it again: you get a link that shows how it goes on.
nearby-distance = about { $metres } m away
nearby-same = This is it:
nearby-other = No, mine is another one
nearby-joined = { $count ->
    [one] one other person says so too
   *[other] { $count } other people say so too
}
ago-now = just now
ago-minutes = { $count ->
    [one] one minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] one hour ago
   *[other] { $count } hours ago
}
ago-days = { $count } days ago
check-title = Check your report
check-heading = Check, then send
check-public = What everyone sees
check-public-hint = In counts and lists, without your words.
check-area = An area about a kilometre and a half across, and only where at least five reports came from it
check-no-area = Nothing
check-when = When
check-hour = The time, and how it stands
check-handler = What only the handlers see
check-handler-hint = The department that gets it, stored encrypted. You can see who opened it.
check-private = There seems to be private data in your text:
check-private-what = Leave it out if it is not needed to help. To be called back, use the field for that: it is kept apart.
typed-private = There seems to be private data here: { $kinds }. Leave it out if it is not needed to help.
private-phone = a telephone number
private-identity-card = an identity card number
private-bank-card = a bank card number
private-plate = a number plate
stopped-title = Another way is quicker
stopped-heading = Another way is quicker
stopped-hint = Nothing was sent or stored. If somebody is in danger, call at once.
stopped-back = Change my answers
companion-title = A report you joined
companion-joined = You have joined this report. It counts you, and you can follow it here.
companion-count = { $count ->
    [one] One person besides the first has reported this.
   *[other] { $count } people besides the first have reported this.
}
companion-reference = Reference { $reference }
companion-link = Keep the address of this page: it shows how the report goes on. What others wrote in it is not shown.
companion-own = Report something else

# Incidents: reports that belong together.
desk-incidents = Incidents
act-merge = Joined with other reports of the same event: incident { $reference }
act-split = Not part of incident { $reference } any more; handled on its own
act-notice = The department says
case-member = Incident { $reference }
case-member-hint = This report is handled together with others. What you do here is done to this one alone.
case-near = Join with reports of the same event
near-title = What belongs to { $reference }?
near-back = Back to the report
near-lead = Reports of one event become members of one incident. Each keeps its own words and its own link, and everybody is told what is done.
near-which = Open reports of this kind near by, not older than a week
near-none = No other open report of this kind is near by.
near-elsewhere = { $count ->
    [one] { $count } more is with another department. An incident has one owner: whoever has it can offer it to you.
   *[other] { $count } more are with other departments. An incident has one owner: whoever has them can offer them to you.
}
near-metres = { $metres } m away
near-member = member of incident { $reference }
near-reference = Or the reference of another one
near-told = What the people who reported will read (optional)
near-told-hint = They read in any case that their report was joined with others. Nothing about the other people is shown to them.
near-go = Join them
incident-title = Incident { $reference }
incident-back = All incidents
incident-since = joined { $time }
incident-members = { $count ->
    [0] No members
    [one] { $count } member
   *[other] { $count } members
}
incident-open = { $count } open
incident-words = The words stand in the history of each member.
incident-reports = { $count ->
    [one] { $count } report
   *[other] { $count } reports
}
incident-act-merge = Joined
incident-act-split = Taken out
incident-act-notice = Told everybody
incident-told = What everybody who reported will read
incident-told-hint = Closed members stay as they are.
incident-change = Change the state of all open members
incident-change-go = Change all of them
incident-tell = Tell everybody something
incident-tell-hint = Their states stay as they are. Also those whose report is closed can read it.
incident-tell-go = Tell everybody
incident-split = Take a report out again
incident-split-which = Which report
incident-split-why = Why, as the person who reported will read it
incident-split-hint = It is handled on its own from then on, in the same queue.
incident-split-go = Take it out
incidents-none = Nothing has been joined yet. Open a report and choose “Join with reports of the same event”.
obstacle-title = Nothing was changed
obstacle-other-department = One of the reports is in another department’s queue, and an incident has one owner. Let them offer that report first, or take it out of the incident.
obstacle-offered = Another department is being asked to take one of the reports over. Wait for its answer first.
obstacle-closed = One of the reports is closed. It can be joined once it is open again.
obstacle-two-incidents = They belong to different incidents. Take one of them out of its incident first.
obstacle-together = They are members of one incident already.
obstacle-member = It is a member of an incident, and would leave the others. Take it out of the incident first.
fault-reports-missing = Choose at least one report, or give a reference.
fault-reports = Choose from the list, at most { $most } reports.

# Words that are taken out of sight.
act-redact = Departments read some of these words differently: { $reason }
redaction-private = private data
redaction-accusation = somebody is named as guilty
redaction-insult = insult
redaction-advertising = advertising
redaction-other = another reason
redaction-shown = shown again as written
case-hidden = Part of it is not shown as it was written ({ $reason }):
case-redact = Take words out of sight
redact-title = Take words of { $reference } out of sight
redact-journal = Here you read the words as they were written. That you opened them is written down apart.
redact-which = Which words?
redact-none = There are no words in this report.
redact-hidden = hidden
redact-original = As it was written
redact-instead = What is read instead
redact-instead-hint = What looks like a telephone number, an identity card, a bank card or a number plate is blacked out for you. Change it as needed.
redact-reason = Reason
redact-why = Why, as the person who wrote it will read it
redact-why-hint = The original stays sealed. Whoever wrote it goes on seeing it, with this explanation.
redact-go = Take it out of sight
redact-show = Show the original again

# Floods: what was put aside.
department-flood = Duty desk
desk-flood = Put aside
act-release = Let out to { $department }
trace-flood = Taken for part of a flood (rule { $rule }): { $reports } reports in an hour, from { $devices } devices, about { $places } places, { $alike } with nearly the same words. Reports of danger are not put aside.
flood-lead = Many reports in a short time, from too few devices and places to be many people. Nothing is dropped: look at them, and let out what is real.
flood-which = Which are real?
flood-none = Nothing is put aside.
flood-go = Let out those chosen
flood-all = Let out all that are shown
flood-released = { $count ->
    [one] { $count } report was let out to its department.
   *[other] { $count } reports were let out to their departments.
}

# Going on in somebody's place.
act-take-up = Took over the work from a colleague
case-take-up = Somebody else is at work on it
case-take-up-hint = You can go on in their place. They are told so as soon as they send something, and lose nothing that they typed.
case-take-up-go = Go on in their place
place-link-hidden = This is a short link: only the map app knows the place behind it. It is kept as you typed it. So that help finds you, please also write the address or a landmark. Or open the link, copy the coordinates, and paste them here.
place-link-unread = We could not read a position from this link. It is kept as you typed it. So that help finds you, please also write the address or a landmark.
place-about = about { $metres } m from { $name } (named automatically, only approximate)
place-about-here = close to { $name } (named automatically, only approximate)
place-kind-landmark = landmark
place-kind-road = road
place-kind-area = area
place-kind-site = building or site
place-kind-other = place
place-meant = Do you mean one of these?
place-meant-hint = Choosing one tells us exactly where it is. What you wrote stays.
place-meant-none = None of these

## What waits on this phone, and receipts
footer-outbox = Waiting on this phone
outbox-title = Waiting on this phone
outbox-heading = Waiting to be sent
outbox-lead = What you sent without a network is kept on this phone, and goes by itself, once, as soon as we can be reached.
outbox-noscript = Without script, nothing is kept on this phone: forms go to us straight away, and come back to you when they cannot be sent.
outbox-no-page = There is no network, and the page you wanted is not kept on this phone. This is what you can do here.
outbox-just-kept = Kept on this phone. Nobody has been told yet: it goes by itself when there is a network.
outbox-no-network = No network: this page was kept on your phone. You can fill in the form and send it; it waits here and goes by itself later. If somebody is in danger, call: calls often work when the network does not.
outbox-empty = Nothing is waiting.
outbox-send-all = Send everything now
outbox-receipts = What we have received
outbox-receipts-hint = Signed by us. The links are secret: whoever has this phone can open them.
outbox-keeping = How it is kept
outbox-keeping-what = Words and photos stay readable on this phone until they are sent; then only the receipt stays. Clearing this website's data deletes them.
outbox-room = About { $used } MB used, { $free } MB free.
outbox-safe = The browser has promised not to clear it by itself.
outbox-unsafe = When room is short, the browser may clear it.
outbox-ask-safe = Ask the browser to keep it
outbox-take = Save everything as a file
outbox-bring = Take in a file saved on another phone
outbox-send = Send now
outbox-edit = Change
outbox-add-photo = Add photos
outbox-delete = Delete
outbox-delete-photo = Remove this photo
outbox-follow = Follow it
outbox-check = Check the receipt
outbox-forget = Remove from this phone
outbox-deleted = Deleted from this phone.
outbox-undo = Bring it back
outbox-report = Report
outbox-typed = Written { $time }
outbox-received = received { $time }
outbox-photo = { $name }, { $size } MB
outbox-again = Try to keep it again
outbox-sending = Sending…
outbox-sent = Everything has arrived.
outbox-left = Not everything has gone. Each item says why.
outbox-large = “{ $name }” is larger than { $most } MB.
outbox-many = A report takes { $most } photos.
outbox-brought = Taken in: { $count }.
outbox-brought-some = Taken in: { $count }. Left out, because they cannot be read or are not ours: { $lost }.
outbox-unreadable = This file was not saved by this page.
waiting-draft = Not complete yet
waiting-sealed = Waiting for the network
waiting-sending = Being sent
waiting-acknowledged = Arrived; waiting for the receipt
waiting-needs-you = This needs you
waiting-unsaved = Not kept!
waiting-why-offline = We cannot be reached at the moment.
waiting-why-not-ours = Another network answers in our place. Perhaps it wants you to log in: open any website.
waiting-why-cut = The connection broke off; it is tried again.
waiting-why-busy = We cannot take it at the moment; it is tried again.
waiting-why-receipt = We have it, but the receipt was not right; it is asked for again.
waiting-why-invalid = Something has to be mended:
waiting-why-conflict = An earlier version of this has arrived and is safe. To add to it, follow it; if this is something else, press “Change” and send it.
waiting-why-refused = It cannot be taken like this.
waiting-why-full = There is no room on this phone: this was not kept. Do not close this page. Make room, then try again, or call.
waiting-why-nothing = This browser keeps nothing for this website. What you send has to go straight away.
verify-title = Check a receipt
verify-heading = Is this receipt ours?
verify-lead = A receipt proves that a report was stored with us at a certain moment, unchanged since. It is checked by its signature; what the report said stays secret.
verify-statement = The signed line
verify-statement-hint = It begins with “shouwang-receipt/1”.
verify-file = Or a file with it
verify-check = Check
verify-right = The receipt is right.
verify-right-what = We signed exactly this.
verify-received = Received
verify-key = Key of the report
verify-sha256 = SHA-256 of what was sent
verify-wrong = This receipt is not ours.
verify-wrong-what = Something in it was changed, or somebody else made it.
verify-unreadable = This is no receipt.
verify-unreadable-what = Copy the whole line, from “shouwang-receipt/1” to its last letter.
receipt-verify = Check this receipt

## Photos
photo-heading = Photos
photo-one = Photo
photo-add = Add photos
photo-evidence = Photos of what was done
photo-hint = Up to { $most } JPEG, PNG or WebP pictures, 20 MB each. Everything else in the file, such as the place and the camera, is removed.
photo-place = Tell where the photos were taken
photo-place-hint = If a photo holds its place, the department gets it too. Otherwise it is removed.
photo-send = Send the photos
photo-number = Photo { $number }
photo-of-department = Photo { $number }, from { $department }
photo-taken-at = taken at { $place }, as the photo says
photo-kept = kept
photo-some-refused = Not every photo was taken
photo-none = No photo was chosen.
photo-added = Your photos are with your report.
photo-undo = Undo the last one
photo-remove = Leave this photo out
photo-how = Draw over what nobody should see: faces, number plates, doorplates. With the keyboard: arrows move the frame, Shift and arrows change its size, Enter blacks it out.
photo-sending = Sending { $done } of { $all }…
photo-failed = The photos have not arrived. They are still here: press “Send the photos” again.
photo-preview = Preview of { $name }
photo-refused-too-large = larger than 20 MB. Take it smaller, or cut it.
photo-refused-too-many-pixels = more than 50 megapixels. Take it smaller.
photo-refused-no-picture = not a picture.
photo-refused-heic = HEIC pictures cannot be read. In the camera's settings choose “most compatible” (JPEG), or send a screenshot of it.
photo-refused-unsupported = this kind of picture cannot be read. Send it as JPEG or PNG.
photo-refused-broken = the file is damaged or not complete.
photo-refused-too-many = there are { $most } photos already.
photo-refused-at-work = a colleague is at work on this report. Take the work over first, then add it again.
photo-refused-unavailable = it could not be stored. Try again in a moment.
redact-photo-instead = A photo was taken out of sight.

# Telling people: notices, and the list of one's own reports.
report-contact-hint-told-mail = E-mail or telephone. Used to ask you about this report, and to tell you by e-mail how it stands. Without it the report counts just the same.
report-contact-hint-told-sms = Telephone or e-mail. Used to ask you about this report, and to tell you by text message how it stands. Without it the report counts just the same.
report-contact-hint-told = E-mail or telephone. Used to ask you about this report, and to tell you by e-mail or text message how it stands. Without it the report counts just the same.
channel-mail = e-mail
channel-sms = text message
notice-subject-received = Your report { $reference } is stored
notice-subject-asked = Question about your report { $reference }
notice-subject-changed = News about your report { $reference }
notice-subject-closed = Your report { $reference } is closed
notice-subject-said = Message about your report { $reference }
notice-subject-merged = Your report { $reference } is handled together with others
notice-subject-parted = Your report { $reference } is handled on its own again
notice-subject-list = Your reports: the link you asked for
notice-body-received = We have your report { $reference }. It is stored safely. If somebody is in danger, call the emergency services now: do not wait for an answer.
notice-body-asked = The department that works on your report { $reference } asks you something. Your answer helps to go on.
notice-body-changed = Your report { $reference } stands elsewhere now.
notice-body-closed = Your report { $reference } is closed. The page says why. If it is not solved, you can say so there.
notice-body-said = The department that works on your report { $reference } has written to you.
notice-body-merged = Others have reported the same event. From now on your report { $reference } is handled together with theirs. Nothing of yours is lost, and none of them can read it.
notice-body-parted = Your report { $reference } is not handled together with others any more. It goes on by itself; the page says why.
notice-body-list = Somebody, we hope you, asked for the list of all reports with this address. If it was not you, ignore this mail: nobody has seen anything.
notice-leads = Follow it, and answer, here:
notice-list-leads = The list opens for two hours:
notice-private = Whoever has this link can see the report. Do not pass it on.
notice-list-private = Whoever has this link can see the reports. Do not pass it on.
notice-foot = Shouwang, the city's safety portal. This was sent by a machine; answers to it are read by nobody.
notice-sms-sender = [Shouwang]
notice-kind-received = Report received.
notice-kind-asked = Question.
notice-kind-changed = New status.
notice-kind-closed = Closed.
notice-kind-said = Message.
notice-kind-merged = Handled together.
notice-kind-parted = On its own again.
notice-kind-list = Link to the list.
notice-state-queued = About to be sent by { $channel }.
notice-state-sent = Sent by { $channel }.
notice-state-failed = Not delivered by { $channel } yet; we are trying again.
notice-state-gave-up = Could not be delivered by { $channel }.
notice-reason-unreachable = The service that delivers does not answer.
notice-reason-later = The service that delivers said: later.
notice-reason-rejected = The service that delivers refused it; the address may not exist.
notice-reason-ours = Something on our side failed.
notice-reason-not-granted = The person does not agree to be told, or their data is gone.
notice-reason-no-address = The contact is no address for this.
notice-reason-too-many = Too many within an hour: somebody may be using a stranger's address.
notified-you = What we told you
notified-desk = What the person was told
undelivered-title = Undelivered notices
undelivered-lead = People who should have been told something, and were not, or not yet. Where it matters, call them.
undelivered-none = Everything was delivered.
undelivered-tries = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
undelivered-next = next try { $time }
undelivered-over = not tried again by itself
undelivered-go = Try again
undelivered-go-label = Try again: { $reference }
undelivered-again = It is being tried again.
mine-title = My reports
mine-lead = We send you a link to all reports that you gave this contact with. It works for two hours.
mine-contact = Your e-mail address or mobile number
mine-contact-mail = Your e-mail address
mine-contact-sms = Your mobile number
mine-hint = As you gave it when you reported.
mine-hint-mail = As you gave it when you reported. We cannot send text messages.
mine-hint-sms = As you gave it when you reported. We cannot send e-mail.
mine-go = Send me the link
mine-private = Nobody learns here whether there are reports with a contact. That you ask is forgotten after an hour.
mine-fault = Give an address that we can write to, for example li.wei@example.org or 138 1234 5678.
mine-asked = If we know this contact, a link is on its way.
mine-asked-hint = It can take a few minutes. Look among unwanted mail too. Nothing came? You may have reported with another contact, or without one: then only the link on your receipt leads to the report.
mine-again = Ask for a link
mine-without = We cannot send links here. The secret link on your receipt leads to your report.
mine-without-call = If you have lost it, call { $number } and give the reference of your report.
mine-count = { $count ->
    [one] One report with this contact in the last twelve months.
   *[other] { $count } reports with this contact in the last twelve months.
}
mine-until = This link opens the list until { $time }. The page of each report stays reachable by its own link.
mine-over-title = This link is over
mine-over = A link to a list works for two hours. Ask for another; your reports are safe.
home-mine = See what has become of my reports

# What is left of the desk
redact-said = What the person said to the department
case-duplicate-of = Closed as a duplicate of:
case-duplicates = Closed as duplicates of this report:
open311-photo = Photo { $number } was not kept: { $why }
open311-media-url = What media_url leads to is not fetched; the address stands in the report. Send the picture itself as media.
consent-link = What your data is used for, and how to end it
consent-title = What your data is used for
consent-back = Back to report { $reference }
consent-lead = What you chose yourself you can take back at any time. Your report is worked on just the same.
consent-opened = Who has opened your report stands on its page.
consent-since = Since { $time }
consent-until = Ended { $time }
consent-keep = Leave it as it is
consent-done = It has ended. From now on nothing of yours is used for it.
consent-withdraw-tell = Do not write to me any more
consent-withdraw-call-back = Delete how I can be reached
consent-tell-what = We send you no more e-mails or text messages about this report, also not when a department has a question. They may still ring you up to ask about it.
consent-tell-list = The report leaves the list that we send to your contact. Keep the link to its page: it goes on working.
consent-call-back-what = The telephone number or e-mail address that you left is deleted from this report. Nobody can ring you back or write to you any more, also not if they do not find the place.
consent-call-back-copies = Departments that have opened it may know it. Backups keep it, encrypted, until they are deleted.
consent-goes-on = The report itself stays, and help does not depend on this. Its page goes on telling you how it stands.
consent-for-good = This cannot be undone. You can still add a way to reach you to the report in your own words.
purpose-respond = Sending help, and looking after your report
purpose-own-access = Showing you what you sent
purpose-call-back = Calling you back about this report
purpose-tell = Writing to you how it stands
basis-emergency = To protect life, health and property; nobody is asked for this. (Personal Information Protection Law, article 13)
basis-right = You have a right to it. (Articles 44 and 45)
basis-consent = Because you agreed. (Articles 13 and 14)
withdrawn-tell = You do not want to be written to any more
withdrawn-call-back = You had your contact deleted
withdrawn-desk-tell = The person does not want to be written to any more
withdrawn-desk-call-back = The person had their contact deleted

## An organisation that reports

report-organisation = For a company, a school or another organisation
report-organisation-hint = What fire service and work safety ask first. Leave out what you do not know.
report-site = Organisation and site
report-site-hint = For example: Riverside Chemicals, plant 2
report-name = Who can be asked for
report-name-hint = A name, to go with the telephone or e-mail above.
report-hazard = What the danger comes from
report-hazard-none = Not said
report-substance = Substance or equipment, and how much
report-substance-hint = For example: liquid ammonia, tank 3, about 20 t
report-places = Other places of the same event
report-places-hint = One a line, up to { $most }: an address, coordinates, a plus code or a map link.
hazard-chemical = Dangerous chemicals
hazard-gas = Fuel gas
hazard-dust = Combustible dust
hazard-explosive = Explosives or fireworks
hazard-pressure = Boiler, pressure vessel or pipeline
hazard-lifting = Crane, lift or other lifting gear
hazard-electric = Electric power
hazard-confined-space = Confined space
hazard-radiation = Radiation
hazard-structure = Building, scaffold or excavation
hazard-water = Dam, dyke or water under pressure
hazard-other = Something else
fault-name = A name alone reaches nobody: add a telephone or e-mail, or leave the name out.
fault-places = There are { $has } other places, and one report takes { $most }. Send the others as another report.

## Several reports as one table

report-several = Several reports from a table
several-title = Several reports from a table
several-lead = One line for each report. You see what each line becomes before anything is sent.
several-file = A file (CSV)
several-file-hint = From a spreadsheet, saved as CSV. It takes the place of what is pasted below.
several-table = Or paste the lines
several-table-hint = The first line names the columns. Up to { $most } reports and { $limit } characters.
several-columns = Which columns there are
several-columns-hint = Only “category” and one of “address” or “position” are needed. A category is written by its name or its code; several places in a line are separated by semicolons.
several-example =
    category,danger,address,position,people,what,contact,name,site,hazard,substance,places
    "Power, water or gas is out",no,3 Mill Lane,,40,No water since noon,555 0100,Li Wei,Mill Housing,,,
    12D00,yes,Gate 2,"31.2304, 121.4737",3,White smoke from a tank,555 0100,Li Wei,"Riverside Chemicals, plant 2",Dangerous chemicals,"liquid ammonia, 20 t",Hall 4; east gate
several-look = See what each line becomes
several-preview = { $wrong ->
    [0] { $count ->
        [one] One report can be sent
       *[other] { $count } reports can be sent
    }
   *[other] { $count } can be sent, { $wrong } cannot be read yet
 }
several-unread = Nothing is taken from these columns: { $columns }
several-line = Line { $line }
several-danger = in danger
several-wrong = Not sent like this
several-send = { $count ->
    [one] Send the one report
   *[other] Send { $count } reports
 }
several-sent = { $count ->
    [one] One report was sent.
   *[other] { $count } reports were sent.
 }
several-list = Show them
several-rest = The lines below were not sent. Mend them and look again.
several-list-title = What you sent as a table
several-list-hint = Keep this address: it leads to every report. Do not show it to anybody who should not read them.
several-conflict = Some of these lines were sent before with other words in them. Nothing of what was sent was changed. Take out every line that was sent, then look again: what you send now is stored anew.
fault-table = The first line must name the columns, with “category” among them.
fault-table-surplus = This line has more cells than the first line has columns. Words with a comma in them stand in quotation marks.
fault-table-none = No line can be sent as it is. What is wrong is said at each line.
fault-table-missing = There is no line with a report. Choose a file or paste the lines.
fault-table-lines = There are { $has } lines, and one table takes { $most }. Send the others as another table.

journal-title = Journal
journal-lead = What the staff did and opened, the newest first. Nothing of what was said stands here.
journal-none = Nothing stands here.
journal-operator = By the command line of the server
journal-older = Older
journal-newest = To the newest
deed-status = Changed the state
deed-offer = Offered it to another department
deed-accept = Took it over for their department
deed-refuse = Did not take it over
deed-question = Asked the person who reported
deed-remark = Left a remark
deed-merge = Joined it with others
deed-split = Took it out of an incident
deed-notice = Wrote to everybody of an incident
deed-redact = Took words or a picture out of sight, or showed them again
deed-release = Let it out of the floods
deed-take-up = Took over the work from a colleague
deed-photo = Added a photo of what was done
deed-open = Opened the report
deed-open-contact = Opened the contact
deed-open-original = Opened the words as they were written
deed-staff-add = Added to the staff
deed-staff-link = Made a link that signs in once, for
deed-staff-end = Ended the service of
deed-sign-in = Signed in
