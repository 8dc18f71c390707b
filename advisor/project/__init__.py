"""What bringing in a system would mean for a firm: size, work, time and money, for any number of firms at once.

Enters: what is known of the firms. Leaves: quantities, tasks with their days, one schedule and one sum of money for each way
of running a system. Nothing about effort, time or money is worked out anywhere else.
"""
